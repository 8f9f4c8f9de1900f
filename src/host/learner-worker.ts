/** The thread that model A is trained in: it is given a panel, says how far it is, and ends with the outcome. */
import { parentPort, workerData } from 'node:worker_threads';
import { type TrainRules, train } from '../domain/signals/learner/train.ts';
import type { Panel } from '../domain/signals/panel.ts';
import type { FromLearner } from './learner.ts';

const { panel, rules } = workerData as { panel: Panel; rules: TrainRules };
const say = (message: FromLearner): void => parentPort?.postMessage(message);

say({ outcome: train(panel, rules, (done, total) => say({ done, total })) });
