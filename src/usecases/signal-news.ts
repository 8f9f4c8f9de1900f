/**
 * What the inbox is to be told of a run of the signals: changes that mean something of what is held or watched, a new
 * model, inputs that drift. Whoever runs hands each to `notify`, which tells an event once.
 */
import type { App } from '../app.ts';
import { followedCodes } from '../db/followed.ts';
import type { StoredModel } from '../db/models.ts';
import { securitiesOf } from '../db/securities.ts';
import type { SignalRun } from '../db/signal-runs.ts';
import type { NotificationDraft } from '../domain/alerts/notification.ts';
import { daysBetween, type LocalDate, parseLocalDate } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';
import { confidence, isSignalChange, type SignalClass } from '../domain/signals/classes.ts';
import type { DriftReading } from '../domain/signals/drift.ts';
import { edgeWords } from '../domain/signals/evaluation/edge.ts';
import type { LoggedSignal, SaidOf } from '../domain/signals/logged.ts';
import { formatCount, formatDate } from '../format.ts';

/** What a run found: its day, what it said for the first time, what was said before, its model and its drift. */
type Found = {
  readonly run: Pick<SignalRun, 'asOf' | 'version'>;
  readonly added: readonly LoggedSignal[];
  readonly before: ReadonlyMap<Code, SaidOf>;
  readonly trained: Pick<StoredModel, 'version' | 'card'> | undefined;
  readonly drift: readonly DriftReading[];
};

const words = (signal: SignalClass | undefined): string => signal?.replace('_', ' ') ?? 'no signal';

const isOfEnsemble = (row: LoggedSignal): row is LoggedSignal<'ensemble'> => row.model === 'ensemble';

export function signalNews(app: App, { run, added, before, trained, drift }: Found): NotificationDraft[] {
  const createdAt = app.now();
  const followed = new Set(followedCodes(app.db, undefined).current);
  const names = securitiesOf(app.db, followed);
  const changed = added.filter(isOfEnsemble).flatMap((row): NotificationDraft[] => {
    const { code, asOf, signal, score } = row;
    const old = before.get(code)?.ensemble;
    if (!followed.has(code) || !isSignalChange(old, row) || signal === undefined) return [];
    // A first HOLD of everything that is held would bury what matters.
    if (old === undefined && signal === 'HOLD') return [];
    const isStrong = signal === 'STRONG_BUY' || signal === 'STRONG_SELL';
    const was = old === undefined ? 'It is its first signal' : `It was ${words(old.signal)} on ${old.asOf}`;
    return [
      {
        type: 'signal_change',
        priority: isStrong ? 'high' : 'normal',
        title: old === undefined ? `${code}: ${words(signal)}` : `${code}: ${words(old.signal)} to ${words(signal)}`,
        message: `${names.get(code)?.name ?? code}: ${words(signal)} at a score of ${score?.toFixed(3)}. ${was}.`,
        data: {
          code,
          asOf,
          from: old?.signal ?? null,
          to: signal,
          score: score ?? null,
          confidence: (score === undefined ? undefined : confidence(signal, score)) ?? null,
        },
        createdAt,
        eventKey: `signal|${code}|${asOf}|${row.version}`,
      },
    ];
  });
  return [...changed, ...modelNews(trained, createdAt), ...driftNews(run, drift, createdAt)];
}

function modelNews(trained: Found['trained'], createdAt: number): NotificationDraft[] {
  if (trained === undefined) return [];
  const { version, card } = trained;
  return [
    {
      type: 'model_update',
      priority: 'normal',
      title: `Model A was trained: ${version}`,
      message: `It learned from ${formatCount(card.rows, 'row')} of ${formatCount(card.securities, 'security', 'securities')}, ${formatDate(card.from)} to ${formatDate(card.through)}; on what it had not seen: ${edgeWords(card.evaluation.ranking)}.`,
      data: { model: 'A', version, from: card.from, through: card.through },
      createdAt,
      eventKey: `model|${version}`,
    },
  ];
}

/** Weeks that begin on a Monday, counted. */
const weekOf = (date: LocalDate): number => Math.floor(daysBetween(parseLocalDate('2024-01-01'), date) / 7);

function driftNews(run: Found['run'], readings: Found['drift'], createdAt: number): NotificationDraft[] {
  const drifting = readings.filter(each => each.drifting);
  if (drifting.length === 0) return [];
  const inputs = drifting.map(each => each.input);
  return [
    {
      type: 'drift_detected',
      priority: 'high',
      title: `Model A: ${inputs.length === 1 ? `${inputs[0]} has` : `${inputs.length} inputs have`} drifted`,
      message: `${drifting.map(each => `${each.input} (PSI ${each.psi?.toFixed(2)})`).join(', ')}: distributed otherwise than in what the model learned from.`,
      data: { model: 'A', version: run.version, asOf: run.asOf, inputs },
      createdAt,
      // Told once a week, however long it goes on.
      eventKey: `drift|A|${run.version}|${weekOf(run.asOf)}`,
    },
  ];
}
