/**
 * Every command of this version, in the order in which help lists them. The file of a command is loaded when it is asked
 * for by name, so that a one-shot command waits for no other.
 */
import type { Noun } from './program.ts';

export const nouns: readonly Noun[] = [
  { name: 'dashboard', load: async () => (await import('./commands/dashboard.ts')).addDashboard },
  { name: 'holdings', load: async () => (await import('./commands/holdings.ts')).addHoldings },
  { name: 'parcels', load: async () => (await import('./commands/parcels.ts')).addParcels },
  { name: 'income', load: async () => (await import('./commands/income.ts')).addIncome },
  { name: 'performance', load: async () => (await import('./commands/performance.ts')).addPerformance },
  { name: 'history', load: async () => (await import('./commands/history.ts')).addHistory },
  { name: 'analyze', load: async () => (await import('./commands/analyze.ts')).addAnalyze },
  { name: 'compare', load: async () => (await import('./commands/compare.ts')).addCompare },
  { name: 'quote', load: async () => (await import('./commands/quote.ts')).addQuote },
  { name: 'chart', load: async () => (await import('./commands/chart.ts')).addChart },
  { name: 'signals', load: async () => (await import('./commands/signals.ts')).addSignals },
  { name: 'fundamentals', load: async () => (await import('./commands/fundamentals.ts')).addFundamentals },
  { name: 'search', load: async () => (await import('./commands/search.ts')).addSearch },
  { name: 'why', load: async () => (await import('./commands/why.ts')).addWhy },
  { name: 'rebalance', load: async () => (await import('./commands/rebalance.ts')).addRebalance },
  { name: 'watch', load: async () => (await import('./commands/watch.ts')).addWatch },
  { name: 'tax', load: async () => (await import('./commands/tax.ts')).addTax },
  { name: 'sell-preview', load: async () => (await import('./commands/sell-preview.ts')).addSellPreview },
  { name: 'alerts', load: async () => (await import('./commands/alerts.ts')).addAlerts },
  { name: 'notifications', load: async () => (await import('./commands/notifications.ts')).addNotifications },
  { name: 'add', load: async () => (await import('./commands/add.ts')).addAdd },
  { name: 'import', load: async () => (await import('./commands/import.ts')).addImport },
  { name: 'entries', load: async () => (await import('./commands/entries.ts')).addEntries },
  { name: 'portfolio', load: async () => (await import('./commands/portfolio.ts')).addPortfolio },
  { name: 'refresh', load: async () => (await import('./commands/refresh.ts')).addRefresh },
  { name: 'schedule', load: async () => (await import('./commands/schedule.ts')).addSchedule },
  { name: 'prices', load: async () => (await import('./commands/prices.ts')).addPrices },
  { name: 'jobs', load: async () => (await import('./commands/jobs.ts')).addJobs },
  { name: 'doctor', load: async () => (await import('./commands/doctor.ts')).addDoctor },
  { name: 'backup', load: async () => (await import('./commands/backup.ts')).addBackup },
  { name: 'restore', load: async () => (await import('./commands/restore.ts')).addRestore },
  { name: 'demo', load: async () => (await import('./commands/demo.ts')).addDemo },
  { name: 'key', load: async () => (await import('./commands/key.ts')).addKey },
  { name: 'config', load: async () => (await import('./commands/config.ts')).addConfig },
  { name: 'serve', load: async () => (await import('./commands/serve.ts')).addServe },
  { name: 'schema', load: async () => (await import('./commands/schema.ts')).addSchema },
];
