/**
 * Sessions and the tokens of each. A sign-in opens a session with an access token, which is short, and a refresh token,
 * which is good once: what it is exchanged for is the next one. An old refresh token that is presented again was copied
 * by somebody, and nobody can tell who is who: the session and all that came from it end.
 */
import type { TokenAnswer } from '../account/messages.ts';
import { unauthorised } from '../http/refusal.ts';
import type { Client } from './client.ts';
import type { Parts } from './parts.ts';
import type { Account } from './store/accounts.ts';
import { findAccountById } from './store/accounts.ts';
import { endFamily, findDevice, insertSession, rotateSession, type Session } from './store/sessions.ts';
import type { Database } from './store/store.ts';
import { tell } from './tell.ts';

type OpenSession = Pick<Session, 'sessionId' | 'refreshId' | 'refreshExpiresAt'>;

/** The tokens of a session, as they are sent. */
async function tokenAnswer(parts: Parts, account: Account, session: OpenSession): Promise<TokenAnswer> {
  const { tokens, now, newId, accessTtl } = parts;
  const claims = { userId: account.userId, sessionId: session.sessionId, version: account.sessionVersion };
  return {
    access_token: await tokens.sign('access', { ...claims, id: newId() }, now() + accessTtl),
    token_type: 'bearer',
    expires_in: Math.floor(accessTtl / 1000),
    refresh_token: await tokens.sign('refresh', { ...claims, id: session.refreshId }, session.refreshExpiresAt),
    refresh_expires_in: Math.floor((session.refreshExpiresAt - now()) / 1000),
    user: {
      user_id: account.userId,
      username: account.username,
      email: account.email,
      full_name: account.fullName,
      is_verified: account.isVerified,
    },
  };
}

/** Opens a session for an account whose password was right, or that was just made. Runs in a transaction. */
export async function signIn(db: Database, parts: Parts, account: Account, client: Client): Promise<TokenAnswer> {
  const { now, newId, refreshTtl } = parts;
  const device = await findDevice(db, account.userId, client.device);
  const session = { sessionId: newId(), refreshId: newId(), refreshExpiresAt: now() + refreshTtl };
  await insertSession(
    db,
    { ...session, userId: account.userId, familyId: session.sessionId, device: client.device },
    now(),
  );
  if (device === 'new') await tell(db, parts, { userId: account.userId, happening: 'new-device', client });
  return await tokenAnswer(parts, account, session);
}

/**
 * A second session from the access token of a first, as clients renew theirs that know no refresh token. It is of the
 * same family and does not live longer than it.
 */
export async function renew(parts: Parts, account: Account, from: Session, client: Client): Promise<TokenAnswer> {
  const { db, now, newId } = parts;
  const session = { sessionId: newId(), refreshId: newId(), refreshExpiresAt: from.refreshExpiresAt };
  await insertSession(
    db,
    { ...session, userId: account.userId, familyId: from.familyId, device: client.device },
    now(),
  );
  return await tokenAnswer(parts, account, session);
}

const refused = () => unauthorised('Invalid refresh token');

/** Exchanges a refresh token for the next one. */
export async function rotate(parts: Parts, refreshToken: string, client: Client): Promise<TokenAnswer> {
  const { db, tokens, now, newId, refreshTtl, log } = parts;
  const claims = await tokens.read('refresh', refreshToken);
  if (claims === 'expired') throw unauthorised('Refresh token has expired');
  if (claims === 'invalid') throw refused();
  const { userId, sessionId, version } = claims;
  const session = await rotateSession(
    db,
    { userId, sessionId, version, refreshId: claims.id },
    { next: newId(), refreshExpiresAt: now() + refreshTtl, now: now() },
  );
  const account = session && (await findAccountById(db, userId));
  if (session !== undefined && account !== undefined) return await tokenAnswer(parts, account, session);
  const ended = await db.transaction(async transaction => {
    const count = await endFamily(transaction, userId, sessionId, now());
    if (count > 0) await tell(transaction, parts, { userId, happening: 'token-reused', client });
    return count;
  });
  if (ended === 0) throw refused();
  log('warning', 'refresh token reused', { user: userId, session: sessionId, address: client.address });
  throw unauthorised('Refresh token was used before: its sign-in has ended');
}
