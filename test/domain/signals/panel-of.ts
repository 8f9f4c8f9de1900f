/** A panel of one made-up feature for tests: of each date, from the first trading day on, the values of its securities. */
import type { Code } from '../../../src/domain/market/security.ts';
import type { Panel } from '../../../src/domain/signals/panel.ts';
import { dayAt } from './bars-of.ts';

export function panelOf(byDate: readonly (readonly number[])[], { name = 'x', first = 0, every = 1 } = {}): Panel {
  const securities = Math.max(0, ...byDate.map(values => values.length));
  const values = Float64Array.from(byDate.flat());
  return {
    features: [name],
    dates: byDate.map((_, index) => dayAt(first + index * every)),
    codes: Array.from({ length: securities }, (_, index) => `S${String(index).padStart(3, '0')}` as Code),
    rows: values.length,
    values,
    dateOf: Int32Array.from(byDate.flatMap((each, date) => each.map(() => date))),
    codeOf: Int32Array.from(byDate.flatMap(each => [...each.keys()])),
    forward: new Float64Array(values.length).fill(Number.NaN),
  };
}
