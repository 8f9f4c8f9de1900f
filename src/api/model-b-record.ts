/** What model B said of a security, with the figures of the company on that day. */
import { z } from 'zod';
import type { App } from '../app.ts';
import type { Instant, LocalDate } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';
import type { VoteB } from '../domain/signals/ensemble.ts';
import type { CompanyMetrics } from '../usecases/view-metrics.ts';
import { viewSecuritySignals, whenSaid } from '../usecases/view-signals.ts';
import { figure, orNull } from './values.ts';

export const snapshot = z.object({
  pe_ratio: figure,
  pb_ratio: figure,
  roe: figure,
  debt_to_equity: figure,
  profit_margin: figure,
});

export const snapshotOf = (found: CompanyMetrics | undefined) => ({
  pe_ratio: orNull(found?.metric('pe')),
  pb_ratio: orNull(found?.metric('pb')),
  roe: orNull(found?.metric('roe')),
  debt_to_equity: orNull(found?.metric('debt_to_equity')),
  profit_margin: orNull(found?.metric('profit_margin')),
});

type Verdict = {
  readonly asOf: LocalDate;
  readonly vote: Extract<VoteB, { score: number }>;
  readonly expectedReturn: number | undefined;
  readonly at: Instant | undefined;
};

/** Undefined where it was not asked, or abstained. */
export function verdictOf(app: App, code: Code): Verdict | undefined {
  const row = viewSecuritySignals(app, code)?.row;
  const said = row?.said.b;
  if (row === undefined || said === undefined || row.b.signal === undefined) return undefined;
  return { asOf: said.asOf, vote: row.b, expectedReturn: said.expectedReturn, at: whenSaid(app, row.said) };
}
