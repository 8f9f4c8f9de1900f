/**
 * What is kept of a sign-in: at which server, as whom, and the tokens while it lasts. An access token is renewed a
 * minute before it ends; one that lives for less than four minutes, when three quarters of its life are over.
 */
import { z } from 'zod';
import { type Instant, minute } from '../domain/date.ts';
import { Failure } from '../failure.ts';
import type { TokenAnswer } from './messages.ts';

const instant = z.int();
const tokens = z.object({
  access: z.string().min(1),
  accessEndsAt: instant,
  renewAt: instant,
  /** The reference server gives none: then the access token itself is exchanged, while it is good. */
  refresh: z.string().min(1).optional(),
  refreshEndsAt: instant.optional(),
});
const signIn = z.object({
  server: z.string(),
  user: z.object({ userId: z.int(), username: z.string(), email: z.string() }),
  /** Absent once the server has ended the sign-in. */
  tokens: tokens.optional(),
});
export type Tokens = z.infer<typeof tokens>;
export type SignIn = z.infer<typeof signIn>;
export type OpenSignIn = SignIn & { readonly tokens: Tokens };

export function signInOf(answer: TokenAnswer, server: string, now: Instant): OpenSignIn {
  const { access_token: access, refresh_token: refresh, user } = answer;
  const life = answer.expires_in * 1000;
  const refreshLife = answer.refresh_expires_in;
  return {
    server,
    user: { userId: user.user_id, username: user.username, email: user.email },
    tokens: {
      access,
      accessEndsAt: now + life,
      renewAt: now + life - Math.min(minute, life / 4),
      ...(refresh === undefined ? {} : { refresh }),
      ...(refresh === undefined || refreshLife === undefined ? {} : { refreshEndsAt: now + refreshLife * 1000 }),
    },
  };
}

export const writtenSignIn = (value: SignIn): string => JSON.stringify(value);

/** A sign-in as it was written; `Failure` where it is something else. */
export function parseSignIn(text: string): SignIn {
  const read = signIn.safeParse(jsonOf(text));
  if (read.success) return read.data;
  throw new Failure('corrupt', 'What was kept of the sign-in cannot be read', {
    hint: 'Sign in again: asxos account login NAME.',
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
