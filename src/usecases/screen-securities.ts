/** The listed securities that a `where` expression keeps, from what is stored alone. */
import type { App } from '../app.ts';
import { type ReadScreenValue, readScreenValues } from '../db/screen-values.ts';
import { type ListedSecurity, listedSecurities } from '../db/securities.ts';
import type { ScreenField } from '../domain/screen/fields.ts';
import { fieldsOf, parseScreen } from '../domain/screen/parse.ts';
import { type Screened, screen } from '../domain/screen/screen.ts';
import type { ShortSignal } from '../domain/signals/short-signal.ts';
import { Failure } from '../failure.ts';

export type ScreenView = Screened<ListedSecurity> & {
  readonly where: string;
  /** What the expression asks about, in its order. */
  readonly fields: readonly ScreenField[];
  readonly readValue: ReadScreenValue;
  /** What was last said of a match; undefined where signals were not asked about. */
  readonly saidOf: (security: ListedSecurity) => ShortSignal | undefined;
};

export function screenSecurities(app: App, where: string): ScreenView {
  const expression = parseScreen(where);
  const fields = fieldsOf(expression);
  const securities = listedSecurities(app.db);
  if (securities.length === 0) {
    throw new Failure('refused', 'There are no securities stored to screen', {
      hint: 'Fetch the list: asxos refresh universe.',
    });
  }
  const { readValue, signals } = readScreenValues(app.db, securities, fields, { now: app.now(), today: app.today() });
  return {
    ...screen(expression, securities, readValue),
    where,
    fields,
    readValue,
    saidOf: security => signals.get(security.code),
  };
}
