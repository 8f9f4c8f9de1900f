/** The books of an owner, from entry lines, as tax reads them. */
import { decimal, type Price, price } from '../../src/domain/decimal.ts';
import { type FoldOptions, foldLedger } from '../../src/domain/ledger/ledger.ts';
import type { Ownership, Portfolio, Taxpayer } from '../../src/domain/ledger/portfolio.ts';
import { type AssetKind, type Code, parseCode } from '../../src/domain/market/security.ts';
import type { CpiTable } from '../../src/domain/tax/cpi.ts';
import type { OwnerBooks, OwnerFact } from '../../src/domain/tax/owner-books.ts';
import { regimeStart } from '../../src/domain/tax/rules.ts';
import { entriesOf } from './ledger.ts';

export type BookOptions = {
  readonly taxpayer?: Taxpayer;
  /** `Ann 50, Bob 50`; the books are the first one's unless `at` says otherwise. */
  readonly owners?: readonly (readonly [name: string, pct: string])[];
  readonly at?: number;
  readonly kinds?: Readonly<Record<string, AssetKind>>;
  readonly marketValues?: Readonly<Record<string, string>>;
  readonly cpi?: CpiTable;
  readonly facts?: readonly OwnerFact[];
};

export function booksOf(lines: readonly string[], options: BookOptions = {}): OwnerBooks {
  const taxpayer = options.taxpayer ?? 'individual';
  const owners: Ownership[] = (options.owners ?? [['Ann', '100']]).map(([name, pct]) => ({
    id: name,
    name,
    taxpayer,
    pct: decimal(pct),
  }));
  const portfolio: Portfolio = {
    id: 'main',
    name: 'Main',
    owners,
    cashAccount: true,
    method: 'fifo',
    createdAt: 0,
  };
  const values = new Map<Code, Price>(
    Object.entries(options.marketValues ?? {}).map(([code, value]) => [parseCode(code), price(value)]),
  );
  const folding: FoldOptions = {
    methods: new Map([['main', { method: 'fifo', taxpayer }]]),
    reset: { on: regimeStart, priceOf: code => values.get(code), portfolios: new Set(['main']) },
  };
  const entries = entriesOf(lines);
  const owner = owners[options.at ?? 0] as Ownership;
  return {
    owner: { id: owner.id, name: owner.name, taxpayer },
    portfolios: [portfolio],
    entries,
    ledger: foldLedger(entries, folding),
    folding,
    kinds: new Map(Object.entries(options.kinds ?? {}).map(([code, kind]) => [parseCode(code), kind])),
    cpi: options.cpi ?? new Map(),
    facts: options.facts ?? [],
  };
}
