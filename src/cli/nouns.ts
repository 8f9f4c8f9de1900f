/** Every command of this version, in the order in which help lists them. */
import { addAdd } from './commands/add.ts';
import { addAnalyze } from './commands/analyze.ts';
import { addChart } from './commands/chart.ts';
import { addCompare } from './commands/compare.ts';
import { addConfig } from './commands/config.ts';
import { addDashboard } from './commands/dashboard.ts';
import { addDemo } from './commands/demo.ts';
import { addEntries } from './commands/entries.ts';
import { addFundamentals } from './commands/fundamentals.ts';
import { addHistory } from './commands/history.ts';
import { addHoldings } from './commands/holdings.ts';
import { addImport } from './commands/import.ts';
import { addIncome } from './commands/income.ts';
import { addJobs } from './commands/jobs.ts';
import { addKey } from './commands/key.ts';
import { addNotifications } from './commands/notifications.ts';
import { addParcels } from './commands/parcels.ts';
import { addPerformance } from './commands/performance.ts';
import { addPortfolio } from './commands/portfolio.ts';
import { addPrices } from './commands/prices.ts';
import { addQuote } from './commands/quote.ts';
import { addRebalance } from './commands/rebalance.ts';
import { addRefresh } from './commands/refresh.ts';
import { addSchema } from './commands/schema.ts';
import { addSearch } from './commands/search.ts';
import { addSellPreview } from './commands/sell-preview.ts';
import { addTax } from './commands/tax.ts';
import { addWatch } from './commands/watch.ts';
import { addWhy } from './commands/why.ts';
import type { AddCommands } from './program.ts';

export const nouns: readonly AddCommands[] = [
  addDashboard,
  addHoldings,
  addParcels,
  addIncome,
  addPerformance,
  addHistory,
  addAnalyze,
  addCompare,
  addQuote,
  addChart,
  addFundamentals,
  addSearch,
  addWhy,
  addRebalance,
  addWatch,
  addTax,
  addSellPreview,
  addNotifications,
  addAdd,
  addImport,
  addEntries,
  addPortfolio,
  addRefresh,
  addPrices,
  addJobs,
  addDemo,
  addKey,
  addConfig,
  addSchema,
];
