/** The client at the reference server: what it answered when it was recorded, and what it does not know. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AccountClient } from '../../src/account/client.ts';
import { refusedWith } from '../../src/account/refusals.ts';
import { hour } from '../../src/domain/date.ts';
import { describe as inWords } from '../../src/failure.ts';
import { inKeychain, openDevice, signInKept } from '../support/account-device.ts';
import { openReceiver, type Receiver } from '../support/webhook-receiver.ts';

type Exchange = {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: what was sent is what the test is about
  readonly request: { method: string; path: string; body: any; auth: 'bearer' | null };
  readonly response: { status: number; body: unknown };
};

const path = resolve(import.meta.dirname, '../../../shared/data/http-api/account.json');
const recorded: Exchange[] = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
const noRecordings = recorded.length === 0 ? 'the recordings are not beside this checkout' : undefined;

/** The function of the client for what was sent. */
function ask(client: AccountClient, { method, path, body }: Exchange['request']): Promise<unknown> {
  const [, id = ''] = /^\/notifications\/(\d+)/.exec(path) ?? [];
  const query = new URLSearchParams(path.split('?')[1]);
  switch (`${method} ${path.split('?')[0]?.replace(/\d+/, 'ID')}`) {
    case 'POST /auth/register':
      return client.register(body, inKeychain);
    case 'POST /auth/login':
      return client.login(body, inKeychain);
    case 'POST /auth/refresh':
      return client.refresh();
    case 'POST /auth/logout':
      return client.logout();
    case 'GET /auth/me':
      return client.authMe();
    case 'GET /users/me':
      return client.me();
    case 'PATCH /users/me':
      return client.changeProfile(body);
    case 'DELETE /users/me':
      return client.closeAccount();
    case 'POST /users/me/password':
      return client.changePassword(body);
    case 'GET /users/me/settings':
      return client.settings();
    case 'PUT /users/me/settings':
      return client.replaceSettings(body.settings);
    case 'PATCH /users/me/settings':
      return client.changeSettings(body.settings);
    case 'GET /notifications':
      return client.notifications({
        unreadOnly: query.get('unread_only') === 'true',
        limit: Number(query.get('limit') ?? 50),
        offset: Number(query.get('offset') ?? 0),
      });
    case 'PUT /notifications/ID/read':
      return client.readNotification(Number(id));
    case 'POST /notifications/mark-all-read':
      return client.readAllNotifications();
    case 'DELETE /notifications/ID':
      return client.removeNotification(Number(id));
    case 'GET /alerts/preferences':
      return client.preferences();
    case 'PUT /alerts/preferences':
      return client.setPreferences(body);
    case 'PATCH /alerts/preferences/signal_strong_buy':
      return client.changePreference('signal_strong_buy', body);
    default:
      throw new Error(`Nothing asks ${method} ${path}`);
  }
}

const codes: Readonly<Record<number, string>> = {
  400: 'refused',
  401: 'unauthorised',
  403: 'unauthorised',
  404: 'not-found',
  422: 'invalid-input',
  500: 'unavailable',
};

/** What only a client without these schemas sends: a body that they do not let through, an alert that is none. */
const isBelowUs = ({ name }: Exchange): boolean =>
  ['settings put raw', 'alert prefs put', 'alert pref patch unknown'].includes(name);

const token = (access: string) => ({
  ...{ access_token: access, token_type: 'bearer', expires_in: 3600 },
  user: { user_id: 1, username: 'newuser', email: 'new@example.com', full_name: null, is_verified: false },
});

/** A device that is signed in at a receiver, which answers as the reference server does: without a refresh token. */
async function signedIn(receiver: Receiver, now: () => number) {
  const device = openDevice({ url: receiver.url, now });
  receiver.answer = response => response.end(JSON.stringify(token('first')));
  await device.client.login({ username: 'newuser', password: 'securepass123' }, inKeychain);
  receiver.posts.length = 0;
  return device;
}

describe.skipIf(noRecordings !== undefined)('the recorded exchanges', () => {
  test('are read one by one: what was answered, or the trouble in its words', async () => {
    const receiver = await openReceiver();
    let done = 0;
    for (const exchange of recorded.filter(each => !isBelowUs(each))) {
      const { client } = await signedIn(receiver, () => 0);
      const { request, response } = exchange;
      const { status, body } = response;
      // Who is refused is not given a new token either.
      receiver.answer = sent => sent.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
      const outcome = await ask(client, request).then(
        answer => ({ answer }),
        (error: unknown) => ({ ...inWords(error), status: refusedWith(error) }),
      );
      const isSignIn = /register|login|refresh/.test(request.path);
      if (response.status === 200) {
        const expected = isSignIn ? { user: { username: 'newuser', userId: 1 } } : response.body;
        expect(outcome, exchange.name).toMatchObject({ answer: expected });
      } else {
        expect(outcome, exchange.name).toHaveProperty('code', codes[response.status]);
        const { detail } = (response.body as { detail?: unknown }) ?? {};
        const said = Array.isArray(detail) ? detail[0].msg : detail;
        const missing = said === 'field required';
        if (said !== undefined && !missing) expect(JSON.stringify(outcome), exchange.name).toContain(said);
      }
      const [sent] = receiver.posts;
      if (sent !== undefined) {
        expect(`${sent.method} ${sent.path.split('?')[0]}`, exchange.name).toBe(
          `${request.method} ${request.path.split('?')[0]}`,
        );
        if (request.body !== null) expect(JSON.parse(sent.body), exchange.name).toEqual(request.body);
      } else expect(response.status, exchange.name).toBe(422);
      done += 1;
    }
    expect(done).toBe(recorded.length - 3);
  });
});

describe('the reference server', () => {
  test('gives no refresh token: the access token itself is exchanged while it is good', async () => {
    const receiver = await openReceiver();
    let now = 0;
    const { client, kept } = await signedIn(receiver, () => now);
    receiver.answer = (response, { path }) =>
      response.end(
        JSON.stringify(
          path === '/auth/refresh' ? token('second') : { notifications: [], total_count: 0, unread_count: 0 },
        ),
      );
    now = hour - 1;
    await client.notifications();
    expect(receiver.posts.map(({ path, headers, body }) => [path.split('?')[0], headers.authorization, body])).toEqual([
      ['/auth/refresh', 'Bearer first', ''],
      ['/notifications', 'Bearer second', ''],
    ]);
    expect(signInKept(kept)?.tokens).toMatchObject({ access: 'second', accessEndsAt: 2 * hour - 1 });
  });

  test('answers 403 where it sees no token: that is taken for 401', async () => {
    const receiver = await openReceiver();
    const { client } = await signedIn(receiver, () => 0);
    receiver.answer = (response, { path, headers }) => {
      if (path === '/auth/refresh') response.end(JSON.stringify(token('second')));
      else if (headers.authorization !== 'Bearer second') response.writeHead(403).end('{"detail":"Not authenticated"}');
      else response.end('{"message":"Marked 0","count":0}');
    };
    expect(await client.readAllNotifications()).toMatchObject({ count: 0 });
    expect(receiver.posts).toHaveLength(3);
  });

  test('ends a sign-in whose token has run out', async () => {
    const receiver = await openReceiver();
    let now = 0;
    const { client, kept } = await signedIn(receiver, () => now);
    now = 2 * hour;
    receiver.answer = response => response.writeHead(401).end('{"detail":"Invalid authentication credentials"}');
    await expect(client.me()).rejects.toThrow(/^The sign-in of newuser .* has ended/);
    expect(receiver.posts.map(({ path }) => path)).toEqual(['/auth/refresh']);
    expect(signInKept(kept)?.tokens).toBeUndefined();
  });
});
