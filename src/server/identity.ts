/** Whose request it is: a good access token, of a session and an account that are open at this moment. */
import type { Context } from 'hono';
import type { Endpoints as EndpointsOf, Variables } from '../http/endpoint.ts';
import { unauthorised } from '../http/refusal.ts';
import type { Parts } from './parts.ts';
import type { Account } from './store/accounts.ts';
import { prepareFindOpenSession, type Session } from './store/sessions.ts';

export type Identity = { readonly account: Account; readonly session: Session };
export type Identify = (c: Context<{ Variables: Variables }>) => Promise<Identity>;
export type Endpoints = EndpointsOf<Identity>;

const noKeys = 'X-API-Key is for the local API of asxos api; sign in and send the token as Authorization: Bearer';
const badToken = 'Invalid authentication credentials';

/** Opens the check; it asks the store once. */
export function openIdentify({ db, tokens }: Pick<Parts, 'db' | 'tokens'>): Identify {
  const findOpenSession = prepareFindOpenSession(db);
  return async c => {
    const header = c.req.header('authorization');
    if (header === undefined || header === '') {
      throw unauthorised(c.req.header('x-api-key') === undefined ? 'Not authenticated' : noKeys);
    }
    const token = /^bearer +(\S+)$/i.exec(header)?.[1];
    const claims = token === undefined ? 'invalid' : await tokens.read('access', token);
    if (claims === 'invalid') throw unauthorised(badToken);
    if (claims === 'expired') throw unauthorised('Token has expired');
    const found = await findOpenSession(claims);
    if (found === undefined) throw unauthorised(badToken);
    c.set('userId', found.account.userId);
    return found;
  };
}
