/** Registering, signing in and out, and renewing tokens. */
import { loginRequest, messageAnswer, refreshRequest, registerRequest, tokenAnswer } from '../../account/messages.ts';
import { refusal, unauthorised } from '../../http/refusal.ts';
import { clientOf } from '../client.ts';
import type { Endpoints, Identify } from '../identity.ts';
import type { Parts } from '../parts.ts';
import { renew, rotate, signIn } from '../sign-in.ts';
import { findAccount, findTaken, insertAccount, updateAccount } from '../store/accounts.ts';
import { endSession } from '../store/sessions.ts';

const takenWords = { username: 'Username already registered', email: 'Email already registered' };

export function addAuth(endpoints: Endpoints, parts: Parts, identify: Identify): void {
  const { db, passwords, limits, now, newId, proxies } = parts;

  endpoints.open(
    { method: 'post', path: '/auth/register', summary: 'Open an account', body: registerRequest, answer: tokenAnswer },
    async ({ c, body }) => {
      const client = clientOf(c, proxies);
      await limits.tryRegistration(client.address);
      const taken = await findTaken(db, body);
      if (taken !== undefined) throw refusal(400, takenWords[taken]);
      const { username, email, full_name: fullName = null } = body;
      const passwordHash = await passwords.hash(body.password);
      const answer = await db.transaction(async transaction => {
        const account = { username, email, fullName, passwordHash };
        const made = await insertAccount(transaction, account, { now: now(), newId });
        return made && (await signIn(transaction, parts, made, client));
      });
      // Another request took one of the names while this one made its hash.
      if (answer === undefined) throw refusal(400, takenWords[(await findTaken(db, body)) ?? 'username']);
      return answer;
    },
  );

  endpoints.open(
    { method: 'post', path: '/auth/login', summary: 'Sign in', body: loginRequest, answer: tokenAnswer },
    async ({ c, body }) => {
      const client = clientOf(c, proxies);
      const account = await findAccount(db, body.username);
      const takeBack = await limits.tryPassword(account?.userId ?? body.username, client.address);
      const isRight = await passwords.matches(account?.passwordHash, body.password);
      if (account === undefined || !isRight) throw unauthorised('Incorrect username or password');
      await takeBack();
      if (!account.isActive) throw refusal(403, 'Account is inactive');
      return await db.transaction(async transaction => {
        const signedIn = await updateAccount(transaction, account.userId, { lastLoginAt: now() }, now());
        return await signIn(transaction, parts, signedIn, client);
      });
    },
  );

  endpoints.open(
    {
      method: 'post',
      path: '/auth/refresh',
      summary: 'Exchange a refresh token, or a bearer token, for new tokens',
      body: refreshRequest,
      bodyIsOptional: true,
      answer: tokenAnswer,
    },
    async ({ c, body }) => {
      const client = clientOf(c, proxies);
      if (body.refresh_token !== undefined) return await rotate(parts, body.refresh_token, client);
      const { account, session } = await identify(c);
      return await renew(parts, account, session, client);
    },
  );

  endpoints.signedIn(
    { method: 'post', path: '/auth/logout', summary: 'End this session', answer: messageAnswer },
    async ({ account, session }) => {
      await endSession(db, account.userId, session.sessionId, now());
      return {
        message: 'Successfully logged out',
        detail: 'Please delete the access token from client storage',
      };
    },
  );
}
