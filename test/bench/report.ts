/** What one run measured, as a document to keep: figures of another day or machine are read beside their floors. */
import { isHeld, type Outcome, outcomeJson } from './outcome.ts';

export type Area = {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
  /** Why it could not be measured (to the end). */
  readonly trouble?: string;
};

export type Circumstances = {
  /** Of asxos. */
  readonly version: string;
  /** An instant, ISO 8601. */
  readonly date: string;
  /** Fewer rounds: not for a trend. */
  readonly quick: boolean;
  readonly node: string;
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly system: string;
    /** Of the minute in which the run ended. */
    readonly load: number;
  };
};

const areaHolds = ({ outcomes, trouble }: Area): boolean => trouble === undefined && outcomes.every(isHeld);

export function reportOf(areas: readonly Area[], circumstances: Circumstances) {
  return {
    schema: 'bench/1',
    ...circumstances,
    held: areas.every(areaHolds),
    areas: areas.map(area => ({
      name: area.name,
      held: areaHolds(area),
      trouble: area.trouble ?? null,
      outcomes: area.outcomes.map(outcomeJson),
    })),
  };
}
