/** All that goes on while keys are answered: what starts by itself, what the user starts, and the end of them all. */
import type { App } from '../app.ts';
import type { Instant } from '../domain/date.ts';
import { openAccountTask } from './account-task.ts';
import { dueRefresh, refreshInterval } from './auto-refresh.ts';
import { openBackupTask } from './backup-task.ts';
import type { MessageKind } from './components/message-line.tsx';
import { openDeliveryTask } from './delivery-task.ts';
import { openDoctorTask } from './doctor-task.ts';
import type { AccountAnswers, Trouble } from './overlay.ts';
import { openRebalanceTask } from './rebalance-task.ts';
import { openRefreshTask } from './refresh-task.ts';
import { openSignalsTask } from './signals-task.ts';
import type { Event } from './state.ts';
import { openSyncTask } from './sync-task.ts';

type Outside = {
  readonly app: App;
  /** Changes the state and shows it. */
  readonly change: (event: Event) => void;
  readonly say: (said: { kind: MessageKind; text: string; hint?: string | undefined }) => void;
  /** The password was refused: it is asked for again. */
  readonly askAgain: (answers: AccountAnswers, trouble: Trouble) => void;
  /** Says what is a Failure; anything else is a bug. */
  readonly failed: (error: unknown) => void;
  /** Something that is no Failure: a bug. */
  readonly crash: (error: unknown) => void;
};

/** How often what is due is looked for, at most. */
const mostBetween = 30_000;

export function openTasks({ app, change, say, askAgain, failed, crash }: Outside) {
  const every = refreshInterval(app.simulated);
  const refresh = openRefreshTask({ app, changeTask: task => change({ type: 'task', task }), say, crash });
  const rebalancing = openRebalanceTask({ app, say, crash });
  const signals = openSignalsTask({ app, changeWork: work => change({ type: 'signals-work', work }), say, crash });
  const account = openAccountTask({
    app,
    change: changed => change({ type: 'account', change: changed }),
    say,
    askAgain,
    crash,
  });
  const sync = openSyncTask({
    app,
    change: changed => change({ type: 'sync', change: changed }),
    say,
    // What another device added has no price here yet.
    arrived: () => void refresh.start({ target: 'all', asked: false }),
    crash,
  });
  const delivery = openDeliveryTask(app, failed);
  const backup = openBackupTask({ app, say, crash });
  const doctor = openDoctorTask({ app, change: found => change({ type: 'doctor', change: found }), say, crash });

  return {
    refresh,
    rebalancing,
    signals,
    account,
    sync,
    delivery,
    doctor,
    /** Milliseconds between two looks at what is due. */
    interval: Math.min(every, mostBetween),
    /** Starts what is due at the start. Resolves when what there is of prices has come. */
    start(): Promise<void> {
      delivery.start();
      backup.start();
      void sync.start({ asked: false });
      return refresh.start({ target: 'all', asked: false });
    },
    /** Starts what has come due. */
    tick(now: Instant): void {
      delivery.start();
      backup.start();
      void sync.start({ asked: false });
      const { last, isRunning } = refresh;
      if (isRunning || last === undefined) return;
      const target = dueRefresh(now, last, every);
      if (target !== undefined) void refresh.start({ target, asked: false });
    },
    /** Resolves when nothing of it goes on any more. */
    async stop(): Promise<void> {
      refresh.stop();
      rebalancing.stop();
      signals.stop();
      await Promise.all([delivery.stop(), account.stop(), sync.stop(), backup.stop(), doctor.stop()]);
    },
  };
}
