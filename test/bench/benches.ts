/** The areas of the bench by name, in the order in which they are measured; each is loaded where it is run. */
import type { Outcome } from './outcome.ts';

type Bench = (options: { readonly quick: boolean }) => Promise<Outcome | readonly Outcome[]>;

export const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  commands: async () => (await import('./commands.ts')).commands,
  'if-due': async () => (await import('./if-due.ts')).ifDue,
  'first-frame': async () => (await import('./first-frame.ts')).firstFrame,
  keys: async () => (await import('./keys.ts')).keys,
  idle: async () => (await import('./idle.ts')).idle,
  'refresh-cycles': async () => (await import('./refresh-cycles.ts')).refreshCycles,
  storing: async () => (await import('./storing.ts')).storing,
  folding: async () => (await import('./folding.ts')).folding,
  views: async () => (await import('./views.ts')).views,
  inbox: async () => (await import('./inbox.ts')).inbox,
  returns: async () => (await import('./returns.ts')).returns,
  correlation: async () => (await import('./correlation.ts')).correlation,
  rebalance: async () => (await import('./rebalance.ts')).rebalance,
  features: async () => (await import('./features.ts')).features,
  training: async () => (await import('./training.ts')).training,
  'keys-while-training': async () => (await import('./keys-while-training.ts')).keysWhileTraining,
  'model-b': async () => (await import('./model-b.ts')).modelB,
  alerts: async () => (await import('./alerts.ts')).alerts,
  demo: async () => (await import('./demo-start.ts')).demoStart,
  serve: async () => (await import('./account-server.ts')).accountServer,
};
