/** A security: its price over a range with what was traded, and what is held of it. */

import { blockChart, brailleChart, type Mark, volumeRow } from '../../chart.ts';
import type { ChartStyle } from '../../config.ts';
import { type LocalDate, sydneyDate } from '../../domain/date.ts';
import { toFloat } from '../../domain/decimal.ts';
import type { Holding } from '../../domain/ledger/holding.ts';
import { harmless } from '../../domain/text.ts';
import {
  datesInWords,
  formatDate,
  formatDay,
  formatMoney,
  formatNumber,
  formatPrice,
  formatUnits,
} from '../../format.ts';
import type { PriceChart, SecurityView } from '../../usecases/view-security.ts';
import { beside, fitBlock, heading, indent, inline } from '../blocks.ts';
import { ruleLine } from '../components/rule.tsx';
import { changeSpans, moneyChange, pctChange } from '../figures.ts';
import { rangeLine } from '../range-line.ts';
import { tabsLine } from '../security-tabs.ts';
import type { State } from '../state.ts';
import { type Line, lineWidth } from '../text.ts';
import type { SecurityModel } from '../views.ts';
import { wrap } from '../wrap.ts';
import { securityTab } from './security-tab.ts';

type Room = { readonly width: number; readonly height: number };

const margin = 2;
const gap = 3;
const factsWidth = 32;
const twoColumnsFrom = 90;

export function securityScreen(model: SecurityModel, state: State, style: ChartStyle, { width, height }: Room): Line[] {
  const { tab } = model;
  const tabs = tabsLine(tab?.name ?? 'chart', model.view, width - 2 * margin);
  const ranges = rangeLine(state.range);
  const between = width - 2 * margin - lineWidth(tabs) - lineWidth(ranges);
  const isBeside = tab === undefined && between >= gap;
  const tabLine = isBeside ? [...tabs, { text: ' '.repeat(between) }, ...ranges] : tabs;
  const top = [titleLine(model.view, width), ruleLine(width), indent(tabLine, margin)];
  const room = { width: width - 2 * margin, height: height - top.length };
  if (tab !== undefined)
    return fitBlock([...top, ...securityTab(model, tab, state, style, { ...room, width })], width, height);
  const isWide = width >= twoColumnsFrom;
  const facts = factLines(model, sydneyDate(state.now), isWide ? factsWidth : room.width);
  const chartRoom = isWide
    ? { width: room.width - factsWidth - gap, height: Math.min(28, room.height) }
    : { width: room.width, height: Math.max(5, room.height - facts.length - 1) };
  const chartHeight = isBeside ? chartRoom.height : chartRoom.height - 1;
  const chart = [
    ...chartLines(model.chart, style, { ...chartRoom, height: chartHeight }),
    ...(isBeside ? [] : [ranges]),
  ];
  const body = isWide ? beside(chart, facts, chartRoom.width, gap) : [...chart, [], ...facts];
  return fitBlock([...top, ...body.map(line => indent(line, margin))], width, height);
}

function titleLine({ code, security, isListStored, price, change, changePct }: SecurityView, width: number): Line {
  const sector = security?.sector === undefined ? '' : ` · ${harmless(security.sector)}`;
  const name =
    security === undefined
      ? isListStored
        ? 'not in the stored symbol list'
        : 'no symbol list yet: r fetches it'
      : `${harmless(security.name)}${sector}`;
  const moved: Line =
    change === undefined
      ? []
      : [
          {
            text: formatPrice(change, { sign: true, places: price?.price && toFloat(price.price) < 2 ? 3 : 2 }),
            ...tokenOf(toFloat(change)),
          },
          { text: ' ' },
          pctChange(changePct),
        ];
  const parts: Line[] = [
    heading(code),
    [{ text: formatPrice(price?.price), bold: true }],
    ...(moved.length > 0 ? [moved] : []),
    [{ text: name, token: 'dim' }],
  ];
  return indent(inline(parts, width - 3), margin);
}

const tokenOf = (sign: number) =>
  sign > 0 ? ({ token: 'gain' } as const) : sign < 0 ? ({ token: 'loss' } as const) : {};

function chartLines(chart: PriceChart, style: ChartStyle, { width, height }: Room): Line[] {
  if (chart.bars.length === 0) {
    const words =
      chart.lastOn === undefined
        ? 'no prices of it are stored yet'
        : `no prices in this range; the last one is of ${formatDate(chart.lastOn)}`;
    return fitBlock([[], ...wrap(words, width).map((text): Line => [{ text, token: 'dim' }])], width, height);
  }
  const values = chart.bars.map(bar => bar.close);
  const indexes = new Map(chart.bars.map((bar, index) => [bar.date, index]));
  const marks = chart.marks.flatMap((mark): Mark[] => {
    const index = indexes.get(mark.date);
    return index === undefined ? [] : [{ index, kind: mark.kind }];
  });
  const label = (value: number): string => formatNumber(value, { places: value < 2 ? 3 : 2 });
  const withVolume = height >= 9;
  const options = { width, height: withVolume ? height - 1 : height, baseline: values[0], marks, label };
  const drawn = (style === 'block' ? blockChart : brailleChart)(values, options);
  const volume = volumeRow(
    chart.bars.map(bar => bar.volume),
    drawn.plotWidth,
  );
  return [...drawn.rows, ...(withVolume ? [[{ text: volume, token: 'dim' } as const]] : [])];
}

const fact = (label: string, spans: Line): Line => [{ text: label.padEnd(10), token: 'dim' }, ...spans];

/** The change of the day that the price is of; an older price has none. */
function dayFact({ price, dayChange }: Holding, today: LocalDate): Line[] {
  if (price === undefined) return [];
  if (dayChange !== undefined) return [fact(formatDay(price.on, today), [moneyChange(dayChange)])];
  const why = price.on === today ? 'close before unknown' : `price of ${formatDate(price.on)}`;
  return [fact('day', [{ text: why, token: 'dim' }])];
}

function factLines({ view, discount }: SecurityModel, today: LocalDate, width: number): Line[] {
  const { holding, incomeTotal, price, watched } = view;
  const reason = wrap(datesInWords(harmless(price?.reason ?? '')), width).map(
    (text): Line => [{ text, token: 'warning' }],
  );
  const follow: Line[] = [[{ text: watched ? 'on your watchlist' : 'not on your watchlist', token: 'dim' }]];
  if (holding === undefined) return [[{ text: 'You hold none' }], ...follow, ...reason];
  return [
    [{ text: `You hold ${formatUnits(holding.units)}`, bold: true }],
    fact('cost', [
      { text: formatMoney(holding.costBase) },
      { text: ` at ${formatPrice(holding.averageCost)}`, token: 'dim' },
    ]),
    fact('value', [{ text: formatMoney(holding.value) }]),
    fact('gain', changeSpans(holding.gain, holding.gainPct, 1)),
    ...dayFact(holding, today),
    fact('income', [{ text: formatMoney(incomeTotal) }]),
    ...(discount === undefined ? [] : [fact('discount', [{ text: discount }])]),
    ...reason,
    ...follow,
  ];
}
