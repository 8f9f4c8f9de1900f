/** The rebalancing of the console: one at a time, while keys are answered: the solver has a thread of its own. */
import type { App } from '../app.ts';
import { Failure } from '../failure.ts';
import { formatCount, formatDollars } from '../format.ts';
import { type RebalanceOptions, type Rebalancing, rebalance } from '../usecases/rebalance.ts';
import type { MessageKind } from './components/message-line.tsx';

type Said = { readonly kind: MessageKind; readonly text: string; readonly hint?: string | undefined };

type Outside = {
  readonly app: App;
  readonly say: (said: Said) => void;
  /** Something that is no Failure: a bug. */
  readonly crash: (error: unknown) => void;
};

export function openRebalanceTask({ app, say, crash }: Outside) {
  let isRunning = false;
  let isLeft = false;
  return {
    /** Works out new suggestions unless some are being worked out; resolves when it is over. */
    async start(question: RebalanceOptions): Promise<void> {
      if (isRunning) return;
      isRunning = true;
      say({ kind: 'info', text: 'Working out the trades …' });
      try {
        const made = await rebalance(app, question);
        if (!isLeft) say(madeWords(made));
      } catch (error) {
        // Leaving ends the solver's thread.
        if (isLeft) return;
        if (error instanceof Failure) say({ kind: 'failure', text: error.message, hint: error.hint });
        else crash(error);
      } finally {
        isRunning = false;
      }
    },
    stop(): void {
      isLeft = true;
    },
  };
}

function madeWords({ mode, plan, suggestions, bindings, warnings }: Rebalancing): Said {
  const trades = suggestions.filter(row => row.action !== 'HOLD').length;
  const [binding] = bindings;
  const none =
    mode === 'signals'
      ? 'no signal asks for a trade, and no weight is too large'
      : 'nothing is outside its band by more than a whole unit';
  const why = binding?.words ?? none;
  const text =
    trades === 0
      ? `Nothing to trade: ${why}`
      : mode === 'signals'
        ? `${formatCount(trades, 'trade')} suggested for the signals and large weights`
        : `${formatCount(trades, 'trade')} suggested: ${formatDollars(plan.driftBefore)} away from the targets now, ${formatDollars(plan.driftAfter)} after`;
  const doubt = warnings.map(each => `; ${each}`).join('');
  return { kind: warnings.length === 0 ? 'info' : 'warning', text: `${text}${doubt}` };
}
