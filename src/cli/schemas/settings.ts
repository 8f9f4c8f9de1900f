/** The keys, the settings, and the servers as they start. */
import { z } from 'zod';
import { count, text } from './words.ts';

const setting = z.strictObject({
  key: text,
  value: text.nullable(),
  source: z.enum(['environment', 'file', 'default']),
  default: text.nullable(),
  env: text.nullable(),
  description: text,
  allowed: text,
});

const tokenPlace = z.enum(['environment', 'keychain', 'file']);

export const settingAnswers = {
  'key/1': z.strictObject({
    source: tokenPlace.nullable(),
    keychain: z.strictObject({ available: z.boolean(), reason: text.nullable() }),
    file: text,
  }),
  'key-stored/1': z.strictObject({
    stored: z.enum(['keychain', 'file']),
    accepted: z.literal(true).nullable(),
    reason: text.nullable(),
  }),
  'key-removed/1': z.strictObject({ removed: z.array(tokenPlace) }),
  'settings/1': z.strictObject({ settings: z.array(setting) }),
  'setting/1': setting,
  'setting-changed/1': z.strictObject({ key: text, value: text.nullable(), before: text.nullable() }),
  'api/1': z.strictObject({ url: text, portfolio: text }),
  'api-key/1': z.strictObject({ key: text, replaced: z.boolean(), file: text }),
  'api-key-removed/1': z.strictObject({ removed: z.boolean() }),
  'serve/1': z.strictObject({
    url: text.nullable(),
    metricsUrl: text.nullable(),
    store: text,
    migrationsApplied: count,
  }),
  'config-path/1': z.strictObject({ configPath: text, dataDir: text }),
} as const;
