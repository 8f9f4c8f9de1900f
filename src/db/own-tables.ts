/**
 * Which tables an export carries. What the user recorded, decided and set is always in it; what was fetched or computed
 * only with prices; the logs of this machine never. Every table of the schema is in one of the three (tested), so that a
 * new one is put where it belongs.
 */

/** In an order in which each refers to earlier ones alone. */
export const ownTables = [
  'owners',
  'portfolios',
  'portfolio_owners',
  'import_batches',
  'entries',
  'income_decisions',
  'market_values',
  'cpi_indexes',
  'owner_tax_facts',
  'tax_locks',
  'rebalance_targets',
  'suggestions',
  'security_aliases',
  'watchlist',
  'notifications',
  'alerts',
  'alert_states',
  'alert_firings',
  'alert_preferences',
  'settings',
] as const;

export const marketTables = [
  'securities',
  'prices',
  'price_histories',
  'quotes',
  'dividends',
  'splits',
  'suspect_prices',
  'company_facts',
  'statements',
  'fundamentals_fetches',
  'index_members',
  'models',
  'signal_runs',
  'signals',
  'signal_features',
  'signal_ranks',
  'drift_readings',
] as const;

export type ExportedTable = (typeof ownTables)[number] | (typeof marketTables)[number];

/** With the reason. */
export const tablesLeftOut = {
  job_runs: 'a log of this machine',
  eodhd_calls: 'a log of this machine',
  deliveries: 'what went out from this machine; it would go out twice',
  data_findings: 'found anew by the next check',
  row_edits: 'noted anew as rows are written',
  sync_state: 'this device in an account; another one enrols',
  sync_rows: 'stamped anew by the next sync',
  sync_refused: 'told anew by the next sync',
} as const;

/** The settings that are the user's; with prices also those that say what was fetched. */
export const isOwnSetting = (key: string, withPrices: boolean): boolean =>
  ['portfolio.current', 'alerts.removedDefaults'].includes(key) ||
  (withPrices && /^(asked[.]|history[.]from$|calendar[.])/.test(key));
