/** `tax pack`: which files were written. */
import { formatCount, formatFinancialYear } from '../../format.ts';
import type { TaxPack } from '../../usecases/pack-tax-year.ts';
import { type Column, csvOf, lines, type Report } from '../report.ts';

const columns: readonly Column<{ readonly file: string }>[] = [{ title: 'File', field: 'file', text: row => row.file }];

export function packReport(pack: TaxPack, today: string): Report {
  const { owner, fy, folder, files } = pack;
  const written = files.map(file => ({ file }));
  return {
    schema: 'tax-pack/1',
    asOf: today,
    data: { fy, owner: owner.name, folder, files },
    coverage: pack.coverage,
    warnings: pack.warnings,
    sections: [
      lines(
        `${formatCount(files.length, 'file')} for ${formatFinancialYear(fy)} of ${owner.name} in ${folder}:`,
        ...files.map(file => `  ${file}`),
      ),
    ],
    csv: csvOf(written, columns),
  };
}
