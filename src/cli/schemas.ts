/**
 * The shapes of what `--json` prints, as zod schemas: the contract with scripts. `asxos schema NAME` prints them as JSON
 * Schema, and every command is tested against its own.
 *
 * Money, prices and units are plain decimal strings; percentages and statistics numbers; unknown is null.
 */
import { z } from 'zod';
import { accountAnswers } from './schemas/account.ts';
import { alertAnswers } from './schemas/alerts.ts';
import { analysisAnswers } from './schemas/analysis.ts';
import { backupAnswers } from './schemas/backups.ts';
import { doctorAnswers } from './schemas/doctor.ts';
import { entryAnswers } from './schemas/entries.ts';
import { explanationAnswers, explanations } from './schemas/explanations.ts';
import { fundamentalsAnswers } from './schemas/fundamentals.ts';
import { holdingAnswers } from './schemas/holdings.ts';
import { inboxAnswers } from './schemas/inbox.ts';
import { incomeAnswers } from './schemas/income.ts';
import { marketAnswers } from './schemas/market.ts';
import { rebalanceAnswers } from './schemas/rebalance.ts';
import { returnAnswers } from './schemas/returns.ts';
import { scheduleAnswers } from './schemas/schedule.ts';
import { settingAnswers } from './schemas/settings.ts';
import { signalAnswers } from './schemas/signals.ts';
import { syncAnswers } from './schemas/sync.ts';
import { taxAnswers } from './schemas/tax.ts';
import { date, instant, text } from './schemas/words.ts';

const answers = {
  ...holdingAnswers,
  ...returnAnswers,
  ...analysisAnswers,
  ...marketAnswers,
  ...entryAnswers,
  ...inboxAnswers,
  ...alertAnswers,
  ...settingAnswers,
  ...accountAnswers,
  ...scheduleAnswers,
  ...explanationAnswers,
  ...incomeAnswers,
  ...taxAnswers,
  ...rebalanceAnswers,
  ...fundamentalsAnswers,
  ...signalAnswers,
  ...doctorAnswers,
  ...backupAnswers,
  ...syncAnswers,
} as const;

const envelope = <Data extends z.ZodType>(name: string, data: Data) =>
  z.strictObject({
    schema: z.literal(`asxos/${name}`),
    asOf: z.union([date, instant]),
    data,
    coverage: z.number().min(0).max(1).optional(),
    explanations: explanations.optional(),
    warnings: z.array(text),
  });

type AnswerName = keyof typeof answers;

const failureSchema = z.strictObject({
  schema: z.literal('asxos/error/1'),
  error: z.strictObject({ code: text, message: text, hint: text.nullable() }),
});

const answerNames = Object.keys(answers) as AnswerName[];
export type SchemaName = AnswerName | 'error/1';
/** Every schema, by the name that the envelope carries after `asxos/`. */
export const schemaNames: readonly SchemaName[] = [...answerNames, 'error/1'];

/** The schema of what is printed: the envelope of an answer, or a failure on stderr. */
export const schemaOf = (name: SchemaName): z.ZodType =>
  name === 'error/1' ? failureSchema : envelope(name, answers[name]);

export const jsonSchemaOf = (name: SchemaName): unknown => z.toJSONSchema(schemaOf(name));
