/** What a `where` expression keeps, with the values that it asked about; and the names that it may use. */
import { type FieldKind, type ScreenField, screenFields } from '../domain/screen/fields.ts';
import type { ScreenValue } from '../domain/screen/screen.ts';
import { formatCount, formatDate, formatNumber, formatPct, unknown } from '../format.ts';
import type { ScreenView } from '../usecases/screen-securities.ts';
import { type Column, csvOf, lines, type Report, table } from './report.ts';

type Row = ScreenView['matches'][number];

export function screenReport(view: ScreenView, limit: number, asOf: string): Report {
  const { matches, fields, readValue, all, where } = view;
  const shown = matches.slice(0, limit);
  const columns = columnsOf(view);
  const missing = view.unknown.map(({ field, count }) => `${count} of ${all} have no ${field.name}`);
  const old = shown.map(view.saidOf).filter(said => said?.isOld === true);
  const part = shown.length < matches.length ? ` · the first ${shown.length}; --limit shows more` : '';
  return {
    schema: 'screen/1',
    asOf,
    data: {
      where,
      matches: shown.map(row => ({
        code: row.code,
        name: row.name,
        sector: row.sector,
        values: Object.fromEntries(fields.map(field => [field.name, readValue(row, field)])),
      })),
      matched: matches.length,
      screened: all,
      unknown: view.unknown.map(({ field, count }) => ({ field: field.name, count })),
    },
    warnings:
      old.length === 0
        ? []
        : [`The signals of ${formatCount(old.length, 'match')} are old: of ${formatDate(old[0]?.asOf)}`],
    sections: [
      ...(shown.length === 0 ? [] : [table(shown, columns)]),
      lines(`${matches.length} of ${formatCount(all, 'security', 'securities')} match${part}.`),
      ...(missing.length === 0 ? [] : [lines(`${missing.join(', ')}: an unknown value never matches.`)]),
    ],
    csv: csvOf(shown, columns),
  };
}

const valueText = (value: ScreenValue, { kind }: ScreenField): string =>
  value === undefined
    ? unknown
    : typeof value === 'string'
      ? value.replace('_', ' ')
      : kind === 'percent'
        ? formatPct(value, { places: 2 })
        : formatNumber(value, { places: Math.abs(value) >= 100_000 ? 0 : 2 });

function columnsOf({ fields, readValue }: ScreenView): Column<Row>[] {
  const asked = fields.filter(field => field.name !== 'code' && field.name !== 'name' && field.name !== 'sector');
  return [
    { title: 'Code', field: 'code', text: row => row.code },
    ...asked.map(
      (field): Column<Row> => ({
        title: field.name,
        field: field.name,
        align: field.kind === 'number' || field.kind === 'percent' ? 'right' : 'left',
        text: row => valueText(readValue(row, field), field),
        value: row => readValue(row, field),
      }),
    ),
    { title: 'Sector', field: 'sector', rank: 1, text: row => row.sector ?? '', value: row => row.sector },
    { title: 'Name', field: 'name', isName: true, text: row => row.name },
  ];
}

const comparedWords: Readonly<Record<FieldKind, string>> = {
  number: '< <= > >= = !=',
  percent: '< <= > >= = !=, in percent',
  grade: '< <= > >= = !=, A is the best and least',
  signal: '= !=',
  text: '= != contains',
};

const fieldColumns: readonly Column<ScreenField>[] = [
  { title: 'Field', field: 'field', text: field => field.name },
  { title: 'Compared by', field: 'comparedBy', text: field => comparedWords[field.kind] },
  { title: 'What it is', field: 'title', isName: true, text: field => field.title },
];

export const fieldsReport = (asOf: string): Report => ({
  schema: 'screen-fields/1',
  asOf,
  data: { fields: screenFields.map(({ name, kind, title }) => ({ name, kind, title })) },
  sections: [table(screenFields, fieldColumns)],
  csv: csvOf(screenFields, fieldColumns),
});
