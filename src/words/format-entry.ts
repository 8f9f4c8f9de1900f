/**
 * An entry as one line for people: what it is, what it says beyond that, and when. Prices and units are shown whole.
 */
import { type Price, plain } from '../domain/decimal.ts';
import type { CashAmount, Draft, Drp, Entry, Income, Trade, TransferOut } from '../domain/ledger/entry.ts';
import { cleanText } from '../domain/ledger/entry-words.ts';
import { statementComponents } from '../domain/ledger/statement.ts';
import { formatDate, formatFinancialYear, formatMoney, formatPrice, formatUnits } from '../format.ts';

/** As it was recorded: every decimal it has, and at least the cents. */
function exactPrice(price: Price): string {
  const decimals = plain(price).split('.')[1]?.length ?? 0;
  return formatPrice(price, { places: Math.max(2, decimals) });
}

const cashWords = (cash: CashAmount): string =>
  'total' in cash ? formatMoney(cash.total) : `${exactPrice(cash.perUnit)} a unit`;

/** A comma and the words, or nothing while the value is undefined. */
const also = <T>(value: T | undefined, words: (value: T) => string): string =>
  value === undefined ? '' : `, ${words(value)}`;

const closing = ({ method, parcels }: Trade | TransferOut): string =>
  parcels
    ? `, from ${parcels.map(choice => `${choice.parcel} ${formatUnits(choice.units)}`).join(' and ')}`
    : also(method, name => `parcels by ${name}`);

const taxed = ({ frankedPct, credit, withheld, lic }: Income | Drp): string =>
  also(frankedPct, pct => `${plain(pct)}% franked`) +
  also(credit, amount => `franking credit ${formatMoney(amount)}`) +
  also(withheld, amount => `withheld ${formatMoney(amount)}`) +
  also(lic, amount => `LIC capital gain ${formatMoney(amount)}`);

/** `Buy 100 BHP @ 43.21, brokerage 9.95, on 2 Mar 2026`. A note follows its own dash. */
export function describeEntry(draft: Draft): string {
  const note = draft.note === undefined ? '' : ` – ${cleanText(draft.note)}`;
  const on = 'adjustment' in draft || 'components' in draft ? '' : `, on ${formatDate(draft.on)}`;
  return `${happened(draft)}${on}${note}`;
}

/** The same, with the row of the imported file that it comes from. */
export const describeRecorded = (entry: Entry): string =>
  entry.sourceKey === undefined
    ? describeEntry(entry)
    : `${describeEntry(entry)} · ${rowWords(entry.sourceKey)}${also(entry.batch, batch => `import ${batch}`)}`;

/** The broker's own number where it has one; a key made of the row's content says nothing new. */
const rowWords = (key: string): string => (key.includes('|') ? 'a row of a file' : `row ${cleanText(key)}`);

function happened(draft: Draft): string {
  switch (draft.kind) {
    case 'buy':
    case 'sell': {
      const what = `${draft.kind === 'buy' ? 'Buy' : 'Sell'} ${formatUnits(draft.units)} ${draft.code}`;
      const brokerage = also(draft.brokerage, amount => `brokerage ${formatMoney(amount)}`);
      const total = also(draft.total, amount => `total ${formatMoney(amount)}`);
      return `${what} @ ${exactPrice(draft.price)}${brokerage}${total}${closing(draft)}`;
    }
    case 'opening':
    case 'transfer-in': {
      const what = draft.kind === 'opening' ? 'Opening balance' : 'Transfer in';
      const cost = draft.cost === undefined ? 'unknown' : formatMoney(draft.cost);
      const acquired = also(draft.acquiredOn, date => `acquired ${formatDate(date)}`);
      return `${what} ${formatUnits(draft.units)} ${draft.code}, cost ${cost}${acquired}`;
    }
    case 'transfer-out':
      return `Transfer out ${formatUnits(draft.units)} ${draft.code}${closing(draft)}`;
    case 'dividend':
    case 'distribution': {
      const what = `${draft.kind === 'dividend' ? 'Dividend' : 'Distribution'} ${draft.code} ${cashWords(draft.amount)}`;
      const declared = also(
        draft.declared,
        ({ amount, currency, rate }) => `declared ${plain(amount)} ${currency} at ${plain(rate)}`,
      );
      const year = also(draft.financialYear, fy => `for ${formatFinancialYear(fy)}`);
      return `${what}${taxed(draft)}${declared}${also(draft.exDate, date => `ex ${formatDate(date)}`)}${year}`;
    }
    case 'drp': {
      const what = `Dividend reinvested in ${formatUnits(draft.units)} ${draft.code} @ ${exactPrice(draft.price)}`;
      const residual = also(draft.residual, amount => `residual ${formatMoney(amount)}`);
      const ex = also(draft.exDate, date => `ex ${formatDate(date)}`);
      const year = also(draft.financialYear, fy => `for ${formatFinancialYear(fy)}`);
      return `${what}, dividend ${cashWords(draft.dividend)}${taxed(draft)}${residual}${ex}${year}`;
    }
    case 'split':
    case 'consolidation': {
      const what = draft.kind === 'split' ? 'Split' : 'Consolidation';
      const result = also(draft.units, held => `to ${formatUnits(held)} units`);
      return `${what} ${draft.code} ${plain(draft.newUnits)}:${plain(draft.oldUnits)}${result}`;
    }
    case 'bonus':
      return `Bonus issue ${formatUnits(draft.units)} ${draft.code}`;
    case 'return-of-capital': {
      const record = also(draft.recordDate, date => `record date ${formatDate(date)}`);
      return `Return of capital ${draft.code} ${exactPrice(draft.perUnit)} a unit${record}`;
    }
    case 'demerger': {
      const share = `${plain(draft.costPct)}% of the cost base`;
      return `Demerger of ${draft.code}: ${formatUnits(draft.units)} ${draft.newCode} with ${share}`;
    }
    case 'rollover': {
      const ratio = `${plain(draft.newUnits)}:${plain(draft.oldUnits)}`;
      const result = also(draft.units, held => `to ${formatUnits(held)} units`);
      const cash = also(draft.cash, amount => `cash ${formatMoney(amount)}`);
      const worth = also(draft.worth, amount => `scrip worth ${formatMoney(amount)}`);
      return `Rollover of ${draft.code} into ${draft.newCode} ${ratio}${result}${cash}${worth}`;
    }
    case 'statement': {
      const lines = statementComponents.flatMap(name => {
        const amount = draft.components[name];
        return amount === undefined ? [] : [`${name} ${formatMoney(amount)}`];
      });
      return `Tax statement ${draft.code} for ${formatFinancialYear(draft.financialYear)}: ${lines.join(', ')}`;
    }
    case 'amit': {
      const dollars = formatMoney(draft.adjustment, { sign: true });
      return `AMIT cost base adjustment ${draft.code} ${dollars} for ${formatFinancialYear(draft.financialYear)}`;
    }
    case 'rename':
      return `Rename ${draft.code} to ${draft.newCode}`;
    case 'deposit':
      return `Deposit ${formatMoney(draft.amount)}`;
    case 'withdraw':
      return `Withdraw ${formatMoney(draft.amount)}`;
    case 'interest':
      return `Interest ${formatMoney(draft.amount)}`;
    case 'fee':
      return `Fee ${formatMoney(draft.amount)}`;
  }
}
