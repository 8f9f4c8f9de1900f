/** The target weights of a portfolio: set, list, remove, clear. */
import type { App } from '../app.ts';
import { currentEntries } from '../db/entries.ts';
import { refuseUnlisted } from '../db/listed-code.ts';
import { onePortfolio } from '../db/one-portfolio.ts';
import { replaceTargets, targetsOf } from '../db/targets.ts';
import { type Decimal, decimal } from '../domain/decimal.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import type { Code } from '../domain/market/security.ts';
import {
  parseBand,
  parseTargetName,
  parseTargets,
  type Target,
  targetsWith,
  targetText,
  weightSum,
} from '../domain/rebalance/targets.ts';
import { Failure } from '../failure.ts';

export type TargetList = {
  readonly portfolio: string;
  readonly targets: readonly Target[];
  readonly sumPct: Decimal;
  /** The band of targets without one. */
  readonly bandPct: Decimal;
};

type Named = { readonly portfolio?: string | undefined };

export function viewTargets(app: App, { portfolio }: Named = {}): TargetList {
  return listOf(app, onePortfolio(app.db, portfolio));
}

/** Adds or changes targets, written as `CBA=10 VAS=40~3 sector:Materials=20`; all of them or none. */
export function setTargets(
  app: App,
  words: readonly string[],
  options: Named & { band?: string | undefined } = {},
): TargetList {
  const changes = parseTargets(words, options.band === undefined ? undefined : parseBand(options.band));
  const portfolio = onePortfolio(app.db, options.portfolio);
  for (const { kind, name } of changes) if (kind === 'code') refuseUnknown(app, name as Code, portfolio);
  app.db.transaction(() => replaceTargets(app.db, portfolio.id, targetsWith(targetsOf(app.db, portfolio.id), changes)));
  return listOf(app, portfolio);
}

/** Takes targets out, each named as it was set; one that is not there is refused. */
export function removeTargets(app: App, names: readonly string[], options: Named = {}): TargetList {
  const portfolio = onePortfolio(app.db, options.portfolio);
  const wanted = names.map(parseTargetName);
  app.db.transaction(() => {
    const before = targetsOf(app.db, portfolio.id);
    for (const target of wanted) {
      if (before.some(each => targetText(each) === targetText(target))) continue;
      throw new Failure('not-found', `${portfolio.name} has no target for ${targetText(target)}`, {
        hint: before.length === 0 ? 'It has no targets.' : `It has targets for ${before.map(targetText).join(', ')}.`,
      });
    }
    const gone = new Set(wanted.map(targetText));
    replaceTargets(
      app.db,
      portfolio.id,
      before.filter(each => !gone.has(targetText(each))),
    );
  });
  return listOf(app, portfolio);
}

export function clearTargets(app: App, options: Named = {}): TargetList {
  const portfolio = onePortfolio(app.db, options.portfolio);
  app.db.transaction(() => replaceTargets(app.db, portfolio.id, []));
  return listOf(app, portfolio);
}

function listOf(app: App, { id, name }: Portfolio): TargetList {
  const targets = targetsOf(app.db, id);
  return { portfolio: name, targets, sumPct: weightSum(targets), bandPct: decimal(app.config.rebalanceBandPct) };
}

/** A code is known when the exchange lists it or the portfolio has traded it; without a symbol list any code is taken. */
function refuseUnknown(app: App, code: Code, portfolio: Portfolio): void {
  const entries = currentEntries(app.db, { portfolios: [portfolio.id] });
  const traded = entries.flatMap(entry => (entry.code === undefined ? [] : [entry.code]));
  refuseUnlisted(app.db, code, new Set(traded));
}
