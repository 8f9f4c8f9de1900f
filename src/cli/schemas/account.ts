/** The account: who is signed in, and what the server keeps. */
import { z } from 'zod';
import { count, instant, text } from './words.ts';

const keptIn = z.enum(['keychain', 'file']);

export const accountAnswers = {
  'account/1': z.strictObject({
    server: text.nullable().describe('the setting accountUrl'),
    signIn: z
      .strictObject({
        server: text,
        userId: count,
        username: text,
        email: text,
        deviceId: text.describe('by which the server knows this device'),
        keptIn,
        isOpen: z.boolean().describe('false once the server has ended it'),
        accessEndsAt: instant.nullable(),
        endsAt: instant.nullable().describe('unless it is used before'),
      })
      .nullable(),
    reached: z.boolean().nullable().describe('whether the server answered; null where it was not asked'),
    trouble: text.nullable(),
  }),
  'account-signed-in/1': z.strictObject({
    server: text,
    userId: count,
    username: text,
    email: text,
    keptIn,
    endsAt: instant.nullable(),
  }),
  'account-signed-out/1': z.strictObject({
    server: text.nullable(),
    username: text.nullable().describe('null where nobody was signed in'),
    endedAtServer: z.boolean().nullable(),
    trouble: text.nullable(),
    endsAt: instant.nullable().describe('when it ends at the server by itself, where that could not be told'),
  }),
  'account-profile/1': z.strictObject({
    userId: count,
    username: text,
    email: text,
    fullName: text.nullable(),
    isVerified: z.boolean(),
    createdAt: instant.nullable(),
    lastLoginAt: instant.nullable(),
  }),
  'account-settings/1': z.strictObject({
    settings: z.record(text, z.unknown()),
    updatedAt: instant.nullable(),
  }),
  'account-closed/1': z.strictObject({ server: text, username: text }),
} as const;
