import { Option } from 'commander';
import type { Mark } from '../../chart.ts';
import { type Code, parseCode } from '../../domain/market/security.ts';
import { type ChartRange, chartRanges } from '../../domain/returns/chart-range.ts';
import { direction, formatDate, formatNumber, formatPct } from '../../format.ts';
import type { PriceChart } from '../../usecases/view-security.ts';
import { countOf } from '../arguments.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report } from '../report.ts';

type Options = { range: ChartRange; block?: boolean; braille?: boolean; width?: number; height: number };

export const addChart: AddCommands = (program, { outside, run }) => {
  program
    .command('chart')
    .helpGroup(purposes.look)
    .summary('the price of a code as a line, with your trades marked')
    .description('Draw the daily closes of a security, with trades marked: ▲ bought, ▼ sold, • dividend.')
    .argument('<code>', 'an ASX code', parseCode)
    .addOption(new Option('--range <range>', 'how far back').choices(chartRanges).default('1Y'))
    .option('--block', 'in blocks, for fonts without braille')
    .option('--braille', 'in braille dots')
    .option('--width <cells>', 'how wide; as wide as the terminal, else 80', countOf('--width', 20, 500))
    .option('--height <rows>', 'how high', countOf('--height', 3, 100), 12)
    .addHelpText('after', examples('asxos chart BHP', 'asxos chart BHP --range 5Y --block', 'asxos chart BHP --csv'))
    .action(async (code: Code, options: Options, command) => {
      const { refuseUnknownCode, viewChart } = await import('../../usecases/view-security.ts');
      const drawing = await import('../../chart.ts');
      await run(command, ({ app, portfolio }) => {
        refuseUnknownCode(app, code);
        const isBlock = options.block ?? (options.braille ? false : app.config.chart === 'block');
        const width = options.width ?? Math.min(160, outside.streams.terminal?.columns ?? 80);
        const chart = viewChart(app, code, { range: options.range, portfolio });
        return chartReport(chart, drawing, { isBlock, width, height: options.height }, app);
      });
    });
};

type Drawing = typeof import('../../chart.ts');
type Bar = PriceChart['bars'][number];
const columns: readonly Column<Bar>[] = [
  { title: 'Date', field: 'date', text: row => row.date },
  { title: 'Close', field: 'close', text: row => String(row.close), value: row => row.close },
  { title: 'Volume', field: 'volume', text: row => String(row.volume), value: row => row.volume },
];

/** The bar of a mark's day, or the next one. */
function markAt(chart: PriceChart): Mark[] {
  return chart.marks.flatMap(({ date, kind }) => {
    const index = chart.bars.findIndex(bar => bar.date >= date);
    return index < 0 ? [] : [{ index, kind }];
  });
}

function chartReport(
  chart: PriceChart,
  drawing: Drawing,
  size: { isBlock: boolean; width: number; height: number },
  app: { today: () => string; simulated: boolean },
): Report {
  const { bars, code, range, marks } = chart;
  const closes = bars.map(bar => bar.close);
  const [first] = closes;
  const draw = size.isBlock ? drawing.blockChart : drawing.brailleChart;
  const drawn = draw(closes, {
    width: size.width,
    height: size.height,
    baseline: first,
    marks: markAt(chart),
    label: value => formatNumber(value, { places: value < 2 ? 3 : 2 }),
  });
  return {
    schema: 'chart/1',
    asOf: app.today(),
    data: { code, range, bars, marks },
    sections:
      bars.length === 0
        ? [lines(nothingIn(chart))]
        : [lines(headline(chart, app.simulated)), lines(...drawing.chartText(drawn).map(row => row.trimEnd()))],
    csv: csvOf(bars, columns),
  };
}

function nothingIn({ code, range, lastOn }: PriceChart): string {
  return lastOn === undefined
    ? `There are no prices of ${code} yet. Those of what is held or watched are fetched by: asxos refresh history`
    : `There are no prices of ${code} in ${range}; the last one is of ${formatDate(lastOn)}. Look further back: --range 5Y`;
}

function headline({ bars, code, range }: PriceChart, simulated: boolean): string {
  const [first] = bars;
  const last = bars.at(-1);
  if (!first || !last) return code;
  const change = first.close === 0 ? undefined : (last.close / first.close - 1) * 100;
  const moved = change === undefined ? '' : ` · ${direction(change, 1)} ${formatPct(Math.abs(change))}`;
  return `${simulated ? 'SIMULATED · ' : ''}${code} · ${range} · ${formatDate(first.date)} to ${formatDate(last.date)}${moved}`;
}
