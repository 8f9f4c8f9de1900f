/** The account that is signed in: who it is, its names, its password, its end. */
import {
  longPassword,
  messageAnswer,
  passwordRequest,
  profileRequest,
  shortPassword,
  type UserAnswer,
  userAnswer,
} from '../../account/messages.ts';
import { type Instant, isoInstant } from '../../domain/date.ts';
import { refusal } from '../../http/refusal.ts';
import { type Client, clientOf } from '../client.ts';
import type { Endpoints } from '../identity.ts';
import type { Parts } from '../parts.ts';
import { type Account, findTaken, isTaken, updateAccount } from '../store/accounts.ts';
import { endSessions, hasOtherDevice, type Session } from '../store/sessions.ts';
import type { Database } from '../store/store.ts';
import { tell } from '../tell.ts';

export function addUsers(endpoints: Endpoints, parts: Parts): void {
  const { db, passwords, limits, now, proxies } = parts;

  for (const path of ['/auth/me', '/users/me']) {
    endpoints.signedIn({ method: 'get', path, summary: 'Who is signed in', answer: userAnswer }, async ({ account }) =>
      userOf(account),
    );
  }

  endpoints.signedIn(
    { method: 'patch', path: '/users/me', summary: 'Change names', body: profileRequest, answer: userAnswer },
    async ({ account, body }) => {
      const { email, full_name: fullName } = body;
      const change = { ...(email ? { email } : {}), ...(typeof fullName === 'string' ? { fullName } : {}) };
      if (Object.keys(change).length === 0) throw refusal(400, 'No fields to update');
      const { userId } = account;
      if (email && (await findTaken(db, { email, userId }))) throw emailTaken();
      const changed = await updateAccount(db, userId, change, now()).catch((error: unknown) => {
        throw isTaken(error) ? emailTaken() : error;
      });
      return userOf(changed);
    },
  );

  endpoints.signedIn(
    {
      method: 'post',
      path: '/users/me/password',
      summary: 'Change the password and end all sessions',
      body: passwordRequest,
      answer: messageAnswer,
    },
    async ({ c, account, session, body }) => {
      const client = clientOf(c, proxies);
      const trouble = passwordTrouble(body.new_password);
      if (trouble !== undefined) throw refusal(400, trouble);
      const { userId } = account;
      const takeBack = await limits.tryPassword(userId, client.address);
      const isRight = await passwords.matches(account.passwordHash, body.current_password);
      if (!isRight) throw refusal(400, 'Current password is incorrect');
      await takeBack();
      const passwordHash = await passwords.hash(body.new_password);
      await db.transaction(async transaction => {
        if (await concernsOthers(transaction, session, client, now())) {
          await tell(transaction, parts, { userId, happening: 'password-changed', client });
        }
        await updateAccount(transaction, userId, { passwordHash, endSessions: true }, now());
        await endSessions(transaction, userId, now());
      });
      return { message: 'Password updated successfully' };
    },
  );

  endpoints.signedIn(
    { method: 'delete', path: '/users/me', summary: 'Close the account', answer: messageAnswer },
    async ({ account }) => {
      const { userId } = account;
      await db.transaction(async transaction => {
        await updateAccount(transaction, userId, { isActive: false, endSessions: true }, now());
        await endSessions(transaction, userId, now());
      });
      return {
        message: 'Account deactivated successfully',
        detail: 'Your account has been deactivated. Contact support to reactivate.',
      };
    },
  );
}

/**
 * A changed password is news to the other devices of the account, and where the token is used by another device than
 * it was given to. Who changed it on the one device there is has just been told.
 */
async function concernsOthers(db: Database, session: Session, client: Client, now: Instant): Promise<boolean> {
  return client.device !== session.device || (await hasOtherDevice(db, session.userId, client.device, now));
}

function passwordTrouble(password: string): string | undefined {
  if (password.length < 8) return shortPassword;
  return password.length > 100 ? longPassword : undefined;
}

const emailTaken = () => refusal(400, 'Email already registered');

const userOf = (account: Account): UserAnswer => ({
  user_id: account.userId,
  username: account.username,
  email: account.email,
  full_name: account.fullName,
  is_active: account.isActive,
  is_verified: account.isVerified,
  created_at: isoInstant(account.createdAt),
  last_login_at: account.lastLoginAt === null ? null : isoInstant(account.lastLoginAt),
});
