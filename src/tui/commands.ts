/** Every command of the console. No other list names a key. */
import type { Command } from './command.ts';
import { accountCommands } from './commands/account.ts';
import { chartCommands } from './commands/chart.ts';
import { doctorCommands } from './commands/doctor.ts';
import { entryCommands } from './commands/entry.ts';
import { explainCommands } from './commands/explain.ts';
import { generalCommands } from './commands/general.ts';
import { importCommands } from './commands/import.ts';
import { listCommands } from './commands/list.ts';
import { notificationsCommands } from './commands/notifications.ts';
import { overlayCommands } from './commands/overlay.ts';
import { performanceCommands } from './commands/performance.ts';
import { rebalanceCommands } from './commands/rebalance.ts';
import { rulesCommands } from './commands/rules.ts';
import { saleCommands } from './commands/sale.ts';
import { securityCommands } from './commands/security.ts';
import { signalsCommands } from './commands/signals.ts';
import { taxCommands } from './commands/tax.ts';

export const commands: readonly Command[] = [
  ...listCommands,
  ...securityCommands,
  ...saleCommands,
  ...performanceCommands,
  ...signalsCommands,
  ...taxCommands,
  ...chartCommands,
  ...notificationsCommands,
  ...rulesCommands,
  ...rebalanceCommands,
  ...accountCommands,
  ...entryCommands,
  ...importCommands,
  ...explainCommands,
  ...doctorCommands,
  ...generalCommands,
  ...overlayCommands,
];
