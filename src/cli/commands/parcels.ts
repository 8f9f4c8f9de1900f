import type { LocalDate } from '../../domain/date.ts';
import { explainParcel, type ParcelBooks, parcelFigures } from '../../domain/explain/parcel.ts';
import type { Portfolio } from '../../domain/ledger/portfolio.ts';
import { type Code, parseCode } from '../../domain/market/security.ts';
import { formatCount, formatDate, formatMoney, formatUnits, unknown } from '../../format.ts';
import type { ParcelRow } from '../../usecases/view-security.ts';
import { dateOf } from '../arguments.ts';
import { explainedAt } from '../explained.ts';
import { formatChangePct, priceColumn, shortId } from '../figures.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands, Run } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

type Options = { asOf?: LocalDate };

export const addParcels: AddCommands = (program, { run }) => {
  program
    .command('parcels')
    .helpGroup(purposes.look)
    .summary('the parcels of a holding, and when each has the discount')
    .description('Show the open parcels: when acquired, what they cost, and from when a sale has the CGT discount.')
    .argument('[code]', 'of this security alone', parseCode)
    .option('--as-of <date>', 'as they were at the end of this day', dateOf('--as-of'))
    .addHelpText('after', examples('asxos parcels', 'asxos parcels BHP', 'asxos parcels BHP --as-of 2026-06-30 --json'))
    .action(async (code: Code | undefined, options: Options, command) => {
      await run(command, given => parcelsOf(given, code, options));
    });
};

export async function parcelsOf({ app, portfolio }: Run, code: Code | undefined, options: Options): Promise<Report> {
  const { refuseUnknownCode, viewParcels } = await import('../../usecases/view-security.ts');
  const { viewPortfolios } = await import('../../usecases/manage-portfolios.ts');
  if (code !== undefined) refuseUnknownCode(app, code);
  const view = viewParcels(app, { code, portfolio, ...options });
  const owners = new Map(viewPortfolios(app, { archived: true }).portfolios.map(each => [each.id, each]));
  const rows = view.rows.map(row => ({ ...row, portfolio: owners.get(row.parcel.portfolio) }));
  return parcelsReport(rows, {
    code,
    asOf: options.asOf ?? app.today(),
    warnings: view.warnings,
    books: view.books,
  });
}

type Row = ParcelRow & { readonly portfolio: Portfolio | undefined };

/** A company has no discount on capital gains (ITAA 1997, s 115-10). */
const discountFrom = (row: Row): LocalDate | undefined =>
  row.portfolio?.owners.every(owner => owner.taxpayer === 'company') ? undefined : row.discountFrom;

const parcelRow = (row: Row) => ({
  id: row.parcel.id,
  code: row.parcel.code,
  portfolio: row.portfolio?.name,
  acquiredOn: row.parcel.acquiredOn,
  units: row.parcel.units,
  costBase: row.parcel.cost,
  costPerUnit: row.perUnit,
  value: row.value,
  gain: row.gain,
  gainPct: row.gainPct,
  discountEligibleFrom: discountFrom(row),
});

function columnsOf(rows: readonly Row[]): Column<Row>[] {
  const isCombined = new Set(rows.map(row => row.parcel.portfolio)).size > 1;
  const portfolio: Column<Row> = {
    title: 'Portfolio',
    field: 'portfolio',
    rank: 5,
    text: row => row.portfolio?.name ?? '',
  };
  return [
    { title: 'Id', field: 'id', text: row => shortId(row.parcel.id), value: row => row.parcel.id },
    { title: 'Code', field: 'code', text: row => row.parcel.code },
    ...(isCombined ? [portfolio] : []),
    { title: 'Acquired', field: 'acquiredOn', text: row => row.parcel.acquiredOn },
    {
      title: 'Units',
      field: 'units',
      align: 'right',
      text: row => formatUnits(row.parcel.units),
      value: row => row.parcel.units,
    },
    {
      title: 'Cost base',
      field: 'costBase',
      align: 'right',
      text: row => formatMoney(row.parcel.cost),
      value: row => row.parcel.cost,
    },
    {
      title: 'Per unit',
      field: 'costPerUnit',
      align: 'right',
      rank: 3,
      text: priceColumn(rows, row => row.perUnit),
      value: row => row.perUnit,
    },
    {
      title: 'Gain',
      field: 'gain',
      align: 'right',
      rank: 1,
      text: row => formatMoney(row.gain, { sign: true }),
      value: row => row.gain,
      signed: row => row.gain,
    },
    {
      title: 'Gain %',
      field: 'gainPct',
      align: 'right',
      rank: 4,
      text: row => formatChangePct(row.gainPct),
      value: row => row.gainPct,
      signed: row => row.gainPct,
    },
    {
      title: 'Discount from',
      field: 'discountEligibleFrom',
      text: row => discountFrom(row) ?? unknown,
      value: discountFrom,
    },
  ];
}

function parcelsReport(
  rows: readonly Row[],
  facts: { code: Code | undefined; asOf: LocalDate; warnings: readonly string[]; books: ParcelBooks },
): Report {
  const columns = columnsOf(rows);
  const of = facts.code === undefined ? '' : ` of ${facts.code}`;
  return {
    schema: 'parcels/1',
    asOf: facts.asOf,
    data: { code: facts.code, parcels: rows.map(parcelRow) },
    warnings: facts.warnings,
    explain: () =>
      rows.flatMap((row, index) =>
        explainedAt(`/parcels/${index}`, parcelFigures, figure => explainParcel(row, figure, facts.books)),
      ),
    sections:
      rows.length === 0
        ? [lines(`There are no open parcels${of} on ${formatDate(facts.asOf)}.`)]
        : [lines(`${formatCount(rows.length, 'parcel')}${of}`), table(rows, columns)],
    csv: csvOf(rows, columns),
  };
}
