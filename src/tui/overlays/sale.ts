/** A sale that is only thought of: proceeds, the gain and its tax by each parcel method, what waiting saves. */
import { harmless } from '../../domain/text.ts';
import { formatCount, formatDate, formatDollars, formatMoney, formatPrice, formatUnits } from '../../format.ts';
import type { SalePreview } from '../../usecases/preview-sale.ts';
import { discountText } from '../../words/format-tax.ts';
import { notAdvice } from '../../words/tax-rows.ts';
import { moneyChange } from '../figures.ts';
import type { SaleOverlay } from '../overlay.ts';
import type { SaleModel } from '../sale-preview.ts';
import { measureColumns, type TableColumn, type TableRow, tableLines } from '../table.ts';
import type { Line } from '../text.ts';
import { fieldLine } from '../text-field.ts';
import type { Token } from '../theme.ts';
import { wrap } from '../wrap.ts';

const margin = 4;

const paragraph = (text: string, width: number, token?: Token, mark = ''): Line[] =>
  wrap(harmless(text), width - margin - mark.length - 1).map((line, row): Line => {
    const words = `${' '.repeat(margin)}${row === 0 ? mark : ' '.repeat(mark.length)}${line}`;
    return [token === undefined ? { text: words } : { text: words, token }];
  });

export function saleLines({ field }: SaleOverlay, model: SaleModel, width: number): Line[] {
  const input: Line = [
    { text: '  units ', token: 'dim' },
    ...fieldLine(field, Math.max(4, Math.min(20, width - 30))),
    ...('preview' in model ? [{ text: `  of ${formatUnits(model.preview.held)} held`, token: 'dim' } as const] : []),
  ];
  if ('preview' in model) return [input, [], ...previewLines(model.preview, width)];
  return [
    input,
    [],
    ...paragraph(model.trouble, width, 'warning', '! '),
    ...(model.hint === undefined ? [] : paragraph(model.hint, width, 'dim')),
  ];
}

const methodColumns: readonly TableColumn[] = [
  { id: 'method', title: 'Method', kind: 'text', priority: 1 },
  { id: 'gain', title: 'Gain', kind: 'number', priority: 2 },
  { id: 'taxable', title: 'Taxable gain', kind: 'number', priority: 3 },
  { id: 'tax', title: 'Tax', kind: 'number', priority: 4 },
];

const partColumns: readonly TableColumn[] = [
  { id: 'method', title: 'Method', kind: 'text', priority: 1 },
  { id: 'acquired', title: 'Acquired', kind: 'text', priority: 2 },
  { id: 'units', title: 'Units', kind: 'number', priority: 4 },
  { id: 'cost', title: 'Cost base', kind: 'number', priority: 6 },
  { id: 'gain', title: 'Gain', kind: 'number', priority: 3 },
  { id: 'discount', title: 'Discount', kind: 'text', priority: 5 },
  { id: 'owner', title: 'Owner', kind: 'name', priority: 7 },
];

const tableOf = (columns: readonly TableColumn[], rows: readonly TableRow[], width: number): Line[] =>
  tableLines(measureColumns(columns, rows), rows, { width });

function previewLines(preview: SalePreview, width: number): Line[] {
  const { code, units, price, brokerage, brokerageFrom, proceeds, portfolio, methods, warnings } = preview;
  const from = brokerageFrom === 'last trade' ? ", the last trade's" : '';
  const isRated = methods.some(each => each.tax !== undefined);
  const isJoint = portfolio.owners.length > 1;
  const methodRows = methods.map(
    (each): TableRow => ({
      id: each.method,
      cells: {
        method: each.method,
        gain: moneyChange(each.gain),
        taxable: formatMoney(each.taxableGain, { sign: true }),
        tax: isRated ? formatMoney(each.tax) : '',
      },
    }),
  );
  const partRows = methods.flatMap(({ method, owners }) =>
    owners.flatMap(({ owner, lines }) =>
      lines.map(
        (line, index): TableRow => ({
          id: `${method} ${owner.id} ${index}`,
          cells: {
            method: index === 0 ? method : '',
            acquired: formatDate(line.acquiredOn),
            units: formatUnits(line.units),
            cost: formatMoney(line.costBase),
            gain: moneyChange(line.gain),
            discount: discountText(line),
            owner: isJoint ? harmless(owner.name) : '',
          },
        }),
      ),
    ),
  );
  const columns = isRated ? methodColumns : methodColumns.filter(each => each.id !== 'tax');
  return [
    ...paragraph(
      `Selling ${formatUnits(units)} ${code} @ ${formatPrice(price)} brings ${formatDollars(proceeds)}, after brokerage of ${formatMoney(brokerage)}${from}.`,
      width,
    ),
    ...warnings.flatMap(warning => paragraph(warning, width, 'warning', '! ')),
    [],
    ...tableOf(columns, methodRows, width),
    ...waitLines(preview, width),
    ...(isRated
      ? []
      : paragraph(
          'Tax is shown once a marginal rate is set: asxos tax facts set marginal-rate-pct RATE --fy YEAR',
          width,
          'dim',
        )),
    [],
    ...tableOf(isJoint ? partColumns : partColumns.filter(each => each.id !== 'owner'), partRows, width),
    [],
    ...paragraph(`Nothing is recorded. ${notAdvice}`, width, 'dim'),
  ];
}

/** The nearest day of each method; what it saves is the same sale at the same price. */
const waitLines = ({ methods }: SalePreview, width: number): Line[] =>
  methods.flatMap(({ method, waiting }) =>
    waiting
      .filter(each => each.saves !== undefined)
      .slice(0, 1)
      .flatMap(({ on, days, saves, savesTax }) =>
        paragraph(
          `${method}: waiting ${formatCount(days, 'day')}, to ${formatDate(on)}, for the discount saves ${savesTax === undefined ? `${formatDollars(saves)} of taxable gain` : `${formatDollars(savesTax)} of tax`} at this price.`,
          width,
        ),
      ),
  );
