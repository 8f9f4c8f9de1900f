/**
 * A market in which it is known how much the inputs tell. Each security's inputs are standard normal and change slowly;
 * the first adds `edge` standard deviations of a security's own 21-session return, the others nothing. The market moves
 * all of them, and each of ten sectors its own.
 */
import { addDays, type LocalDate, localDate } from '../../../src/domain/date.ts';
import { tradingDays } from '../../../src/domain/market/calendar.ts';
import type { Code } from '../../../src/domain/market/security.ts';
import { normalsFrom, randomFrom } from '../../../src/domain/random.ts';
import type { Panel } from '../../../src/domain/signals/panel.ts';

export type Simulation = {
  readonly seed: number;
  readonly edge: number;
  readonly securities?: number;
  readonly years?: number;
  readonly features?: number;
  /** Sessions from one date of the panel to the next. */
  readonly stride?: number;
  /** The share of inputs that are unknown. */
  readonly unknown?: number;
};

const own = 0.016;
const sectors = 10;

export function simulatedPanel(simulation: Simulation): Panel {
  const { seed, edge, securities = 60, years = 4, features = 5, stride = 7, unknown = 0.02 } = simulation;
  const random = randomFrom(seed);
  const normal = normalsFrom(random);
  const first = localDate(2020, 1, 2);
  const sessions = tradingDays(first, addDays(first, Math.round(years * 365.25)));
  const moves = sessions.map(() => ({
    market: 0.0004 + 0.008 * normal(),
    sectors: Array.from({ length: sectors }, () => 0.005 * normal()),
    own: Array.from({ length: securities }, () => own * normal()),
  }));
  const dates: LocalDate[] = [];
  const [values, dateOf, codeOf, forward]: [number[], number[], number[], number[]] = [[], [], [], []];
  const inputs = Array.from({ length: securities }, () => Array.from({ length: features }, normal));
  const kept = 0.97 ** stride;
  for (let session = 0; session < sessions.length; session += stride) {
    for (let code = 0; code < securities; code += 1) {
      const row = inputs[code]!;
      for (let feature = 0; feature < features; feature += 1) {
        row[feature] = kept * row[feature]! + Math.sqrt(1 - kept * kept) * normal();
        values.push(random() < unknown ? Number.NaN : row[feature]!);
      }
      let growth = edge * own * Math.sqrt(21) * row[0]!;
      for (const { market, sectors: bySector, own: owns } of moves.slice(session + 1, session + 22))
        growth += market + bySector[code % sectors]! + owns[code]!;
      dateOf.push(dates.length);
      codeOf.push(code);
      forward.push(session + 21 < sessions.length ? Math.exp(growth) - 1 : Number.NaN);
    }
    dates.push(sessions[session]!);
  }
  return {
    features: Array.from({ length: features }, (_, feature) => `input_${feature}`),
    dates,
    codes: Array.from({ length: securities }, (_, code) => `S${String(code).padStart(3, '0')}` as Code),
    rows: dateOf.length,
    values: Float64Array.from(values),
    dateOf: Int32Array.from(dateOf),
    codeOf: Int32Array.from(codeOf),
    forward: Float64Array.from(forward),
  };
}
