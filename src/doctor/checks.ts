/** Every check, in the order in which they are told. */
import { accountChecks } from './account-checks.ts';
import type { Check } from './check.ts';
import { databaseChecks } from './database-checks.ts';
import { ledgerChecks } from './ledger-checks.ts';
import { machineChecks } from './machine-checks.ts';
import { marketChecks } from './market-checks.ts';
import { providerChecks } from './provider-checks.ts';
import { upkeepChecks } from './upkeep-checks.ts';

export const checks: readonly Check[] = [
  ...databaseChecks,
  ...ledgerChecks,
  ...marketChecks,
  ...providerChecks,
  ...upkeepChecks,
  ...accountChecks,
  ...machineChecks,
];
