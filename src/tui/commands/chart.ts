/** The range of the chart in view. */
import { chartRanges } from '../../domain/returns/chart-range.ts';
import type { Command, Context, Place } from '../command.ts';

const neighbour = ({ state }: Context, step: 1 | -1) => chartRanges[chartRanges.indexOf(state.range) + step];

const turn =
  (step: 1 | -1) =>
  (context: Context): void => {
    const range = neighbour(context, step);
    if (range !== undefined) context.dispatch({ type: 'range', range });
  };

/** On a security left and right are for its tabs. */
const onScreen = (place: Place, longer: readonly string[], shorter: readonly string[]): Command[] => [
  {
    id: `${place}.longer-range`,
    keys: longer,
    title: 'longer range',
    where: [place],
    importance: 14,
    unavailable: context => (neighbour(context, 1) === undefined ? 'this is the longest range' : undefined),
    run: turn(1),
  },
  {
    id: `${place}.shorter-range`,
    keys: shorter,
    title: 'shorter range',
    where: [place],
    importance: 15,
    unavailable: context => (neighbour(context, -1) === undefined ? 'this is the shortest range' : undefined),
    run: turn(-1),
  },
];

export const chartCommands: readonly Command[] = [
  ...onScreen('dashboard', [']', 'right', 'l'], ['[', 'left', 'h']),
  ...onScreen('security', [']'], ['[']),
];
