/**
 * Writes an entry as its line: the inverse of reading it, in the order of the grammar, with every date in full.
 */
import { type Decimal, isPositive, plain } from '../decimal.ts';
import type { CashAmount, Draft, Drp, Income, Trade, TransferOut } from './entry.ts';
import { cleanText } from './entry-words.ts';
import { statementComponents } from './statement.ts';

const amountText = (amount: CashAmount): string =>
  'total' in amount ? plain(amount.total) : `@ ${plain(amount.perUnit)}`;

const clause = (name: string, value: Decimal | string | number | undefined, after = ''): string[] =>
  value === undefined ? [] : [`${name} ${typeof value === 'object' ? plain(value) : value}${after}`];

const closingClauses = ({ method, parcels }: Trade | TransferOut): string[] =>
  parcels === undefined || parcels.length === 0
    ? clause('method', method)
    : [`parcel ${parcels.map(choice => `${choice.parcel}:${plain(choice.units)}`).join(',')}`];

const creditClauses = ({ frankedPct, credit, withheld, lic }: Income | Drp): string[] => [
  ...clause('franked', frankedPct, '%'),
  ...clause('credit', credit),
  ...clause('withheld', withheld),
  ...clause('lic', lic),
];

/** The line that reads back as `draft`. A note loses its control characters and line breaks. */
export function formatEntryLine(draft: Draft): string {
  const note = draft.note === undefined ? '' : cleanText(draft.note);
  // What is of a whole year says so in its own words.
  const on = 'adjustment' in draft || 'components' in draft ? [] : [`on ${draft.on}`];
  return [...words(draft), ...on, ...(note === '' ? [] : [`note ${note}`])].join(' ');
}

function words(draft: Draft): string[] {
  const { kind } = draft;
  switch (draft.kind) {
    case 'buy':
    case 'sell': {
      const trade = `${kind} ${plain(draft.units)} ${draft.code} @ ${plain(draft.price)}`;
      return [trade, ...clause('fee', draft.brokerage), ...clause('total', draft.total), ...closingClauses(draft)];
    }
    case 'opening':
    case 'transfer-in': {
      const cost = draft.cost === undefined ? 'unknown' : plain(draft.cost);
      return [`${kind} ${plain(draft.units)} ${draft.code} cost ${cost}`, ...clause('acquired', draft.acquiredOn)];
    }
    case 'transfer-out':
      return [`${kind} ${plain(draft.units)} ${draft.code}`, ...closingClauses(draft)];
    case 'dividend':
    case 'distribution': {
      const { declared } = draft;
      return [
        `${kind} ${draft.code} ${amountText(draft.amount)}`,
        ...creditClauses(draft),
        ...(declared ? [`declared ${plain(declared.amount)} ${declared.currency} at ${plain(declared.rate)}`] : []),
        ...clause('ex', draft.exDate),
        ...clause('fy', draft.financialYear),
      ];
    }
    case 'drp':
      return [
        `drp ${draft.code} ${plain(draft.units)} @ ${plain(draft.price)} dividend ${amountText(draft.dividend)}`,
        ...creditClauses(draft),
        ...clause('residual', draft.residual),
        ...clause('ex', draft.exDate),
        ...clause('fy', draft.financialYear),
      ];
    case 'split':
    case 'consolidation': {
      const ratio = `${plain(draft.newUnits)}:${plain(draft.oldUnits)}`;
      return [`${kind} ${draft.code} ${ratio}`, ...clause('units', draft.units)];
    }
    case 'bonus':
      return [`bonus ${draft.code} ${plain(draft.units)}`];
    case 'return-of-capital':
      return [`return-of-capital ${draft.code} @ ${plain(draft.perUnit)}`, ...clause('record', draft.recordDate)];
    case 'demerger': {
      const { code, newCode, units, costPct } = draft;
      return [`demerger ${code} into ${newCode} ${plain(units)} cost ${plain(costPct)}%`];
    }
    case 'rollover': {
      const ratio = `${plain(draft.newUnits)}:${plain(draft.oldUnits)}`;
      return [
        `rollover ${draft.code} into ${draft.newCode} ${ratio}`,
        ...clause('units', draft.units),
        ...clause('cash', draft.cash),
        ...clause('worth', draft.worth),
      ];
    }
    case 'statement': {
      const { code, financialYear, components } = draft;
      const lines = statementComponents.flatMap(name => clause(name, components[name]));
      return [`statement ${code} fy ${financialYear} ${lines.join(', ')}`];
    }
    case 'amit': {
      const sign = isPositive(draft.adjustment) ? '+' : '';
      return [`amit ${draft.code} ${sign}${plain(draft.adjustment)} fy ${draft.financialYear}`];
    }
    case 'rename':
      return [`rename ${draft.code} to ${draft.newCode}`];
    case 'deposit':
    case 'withdraw':
    case 'interest':
    case 'fee':
      return [`${kind} ${plain(draft.amount)}`];
  }
}
