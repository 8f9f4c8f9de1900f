/**
 * What the ensemble's signal of a holding asks for, and the weight from which any holding is trimmed.
 *
 * STRONG_SELL from a confidence of .70: sell all. SELL from .60: trim half. STRONG_BUY from .80: add 20%. BUY from .70: add
 * 10%. A STRONG class meets the weaker rule too: STRONG_SELL at .65 trims half. Confidence is the ensemble's score of a
 * class that says buy, and 1 - the score of one that says sell. HOLD and an abstention ask for nothing, and a signal more
 * than five sessions behind the last close is not acted on. A weight above 15% is trimmed to 12%, with or without a signal.
 * The edges are settings; what each rule asks for is not.
 */
import { Failure } from '../../failure.ts';
import { type Decimal, decimal, plain } from '../decimal.ts';
import { atEdge, confidence, meetsClass, type SignalClass } from '../signals/classes.ts';
import { type ShortSignal, signalLastsSessions } from '../signals/short-signal.ts';

export type SignalRules = {
  /** The least confidence that each class is acted on from, 0 to 1. */
  readonly strongSellFrom: number;
  readonly sellFrom: number;
  readonly strongBuyFrom: number;
  readonly buyFrom: number;
  /** Percent of securities and cash: a weight above the one is trimmed to the other. */
  readonly trimAbovePct: Decimal;
  readonly trimToPct: Decimal;
};

/** The rules as they are written in the settings. */
export type SignalSettings = {
  readonly strongSellConfidence: string;
  readonly sellConfidence: string;
  readonly strongBuyConfidence: string;
  readonly buyConfidence: string;
  readonly trimAbovePct: string;
  readonly trimToPct: string;
};

export function signalRules(settings: SignalSettings): SignalRules {
  const { trimAbovePct, trimToPct } = settings;
  if (decimal(trimToPct).gt(trimAbovePct)) {
    throw new Failure('refused', `A weight above ${trimAbovePct}% cannot be trimmed to ${trimToPct}%, which is more`, {
      hint: 'Change the settings trimAbovePct and trimToPct: asxos config set trimToPct 12.',
    });
  }
  return {
    strongSellFrom: Number(settings.strongSellConfidence),
    sellFrom: Number(settings.sellConfidence),
    strongBuyFrom: Number(settings.strongBuyConfidence),
    buyFrom: Number(settings.buyConfidence),
    trimAbovePct: decimal(trimAbovePct),
    trimToPct: decimal(trimToPct),
  };
}

type Rule = {
  readonly signal: Exclude<SignalClass, 'HOLD'>;
  readonly from: (rules: SignalRules) => number;
  /** What of the units is to be held after it. */
  readonly share: Decimal;
  readonly words: string;
};

/** The first that a signal meets holds. */
const ordered: readonly Rule[] = [
  { signal: 'STRONG_SELL', from: rules => rules.strongSellFrom, share: decimal('0'), words: 'sell all' },
  { signal: 'SELL', from: rules => rules.sellFrom, share: decimal('0.5'), words: 'trim half' },
  { signal: 'STRONG_BUY', from: rules => rules.strongBuyFrom, share: decimal('1.2'), words: 'add 20%' },
  { signal: 'BUY', from: rules => rules.buyFrom, share: decimal('1.1'), words: 'add 10%' },
];

/** What a signal asks for, in words, and the share of the units that is to be held; undefined leaves all as they are. */
export type Asked = {
  readonly words: string;
  readonly share: Decimal | undefined;
  /** 0 where there is none. */
  readonly confidence: number;
};

/** `.74`; never rounded up to an edge that it does not reach. */
const written = (value: number): string => (Math.floor(atEdge(value * 100)) / 100).toFixed(2).replace(/^0(?=\.)/, '');

/** 0 to 1; undefined of a HOLD and of an abstention. */
export const confidenceOf = ({ signal, score }: Pick<ShortSignal, 'signal' | 'score'>): number | undefined =>
  score === undefined ? undefined : confidence(signal, score);

export function askedBy(said: ShortSignal | undefined, rules: SignalRules): Asked {
  const nothing = (words: string): Asked => ({ words, share: undefined, confidence: 0 });
  if (said === undefined) return nothing('has no signal');
  const { signal, asOf, abstained } = said;
  if (signal === undefined) return nothing(`has no signal of ${asOf}: ${abstained ?? 'a model abstained'}`);
  if (said.isOld)
    return nothing(`${signal} of ${asOf} is more than ${signalLastsSessions} sessions old and not acted on`);
  const sure = confidenceOf(said);
  if (sure === undefined) return nothing(`${signal} asks for nothing`);
  const meant = ordered.filter(rule => meetsClass(signal, rule.signal));
  const rule = meant.find(each => atEdge(sure) >= each.from(rules));
  if (rule !== undefined) {
    return { words: `${signal} at ${written(sure)}: ${rule.words}`, share: rule.share, confidence: atEdge(sure) };
  }
  const least = Math.min(...meant.map(each => each.from(rules)));
  return nothing(`${signal} at ${written(sure)} is below the ${written(least)} from which it is acted on`);
}

/** Why a weight is trimmed whatever the signal. */
export const trimWords = (weightPct: number, { trimAbovePct, trimToPct }: SignalRules): string =>
  `${Math.round(weightPct * 100) / 100}% is above ${plain(trimAbovePct)}%: trim to ${plain(trimToPct)}%`;
