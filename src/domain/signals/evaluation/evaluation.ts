/** How well something was foretold, in one record: the ranking, the probabilities and the classes. */
import type { LocalDate } from '../../date.ts';
import { type Brier, brier } from './brier.ts';
import { type ClassRecord, classRecords, type SidesRecord, sidesRecord } from './class-record.ts';
import { type Ranking, ranking } from './edge.ts';
import type { Judged } from './judged.ts';

export type Evaluation = {
  readonly from: LocalDate | undefined;
  readonly to: LocalDate | undefined;
  readonly dates: number;
  readonly rows: number;
  readonly ranking: Ranking;
  /** Undefined where no probabilities were said. */
  readonly brier: Brier | undefined;
  readonly classes: readonly ClassRecord[];
  readonly sides: SidesRecord;
};

/** The seed is of the random rankings that the ranking is held against. */
export const evaluation = (judged: Judged, seed: number): Evaluation => ({
  from: judged.dates[0],
  to: judged.dates.at(-1),
  dates: judged.dates.length,
  rows: judged.score.length,
  ranking: ranking(judged, seed),
  brier: brier(judged),
  classes: classRecords(judged),
  sides: sidesRecord(judged),
});
