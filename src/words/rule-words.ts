/** An alert rule in a list: where it stands over all that it is of, and whether it is armed. */
import type { Alert } from '../domain/alerts/check.ts';
import { type Standing, standingMet } from '../domain/alerts/standing.ts';
import type { AlertState } from '../domain/alerts/step.ts';
import type { Instant, LocalDate } from '../domain/date.ts';
import { standingWords, stateWords } from './alert-words.ts';

type RuleView = {
  readonly alert: Alert;
  readonly watched: readonly { readonly standing: Standing; readonly state: AlertState | undefined }[];
  readonly isPaused: boolean;
};

/** A rule over all that it is of: where it stands now, and whether it is armed. */
export function ruleWords(
  { alert, watched, isPaused }: RuleView,
  { now, today }: { readonly now: Instant; readonly today: LocalDate },
): { readonly now: string; readonly state: string } {
  const [only, ...others] = watched;
  const isOne = alert.rule.of !== 'any' && only !== undefined && others.length === 0;
  return {
    now: isOne ? standingWords(only.standing, today) : standingsTogether(watched.map(each => each.standing)),
    state: isPaused ? 'paused' : isOne ? stateWords(only.state, alert.rule, now) : statesTogether(watched),
  };
}

/** `2 of 14 met, 1 not judged`. */
function standingsTogether(standings: readonly Standing[]): string {
  if (standings.length === 0) return 'nothing is held or watched';
  const met = standings.filter(standing => standingMet(standing) === true).length;
  const unknown = standings.filter(standing => standing.is === 'unknown').length;
  return `${met} of ${standings.length} met${unknown === 0 ? '' : `, ${unknown} not judged`}`;
}

function statesTogether(watched: RuleView['watched']): string {
  const fired = watched.filter(({ state }) => state?.armed === false).length;
  return fired === 0 ? 'armed' : `${fired} fired, ${watched.length - fired} armed`;
}
