/**
 * The account server, asked by HTTP: one function for each of its endpoints. Bodies are checked before they are sent and
 * after they came. A function that asks as somebody renews the tokens where it is time to; see session.ts. It speaks to
 * the reference server too, which gives no refresh token.
 */
import type { z } from 'zod';
import type { Instant } from '../domain/date.ts';
import { type ExchangeOptions, openExchange, type Question } from './exchange.ts';
import {
  type AlertType,
  anyNotifications,
  anyPreference,
  anyPreferences,
  countedAnswer,
  loginRequest,
  messageAnswer,
  passwordRequest,
  preferenceRequest,
  preferencesRequest,
  profileRequest,
  pullAnswer,
  pushAnswer,
  pushRequest,
  refreshRequest,
  registerRequest,
  type SyncRow,
  settingsAnswer,
  settingsRequest,
  type TokenAnswer,
  tokenAnswer,
  uploadRequest,
  userAnswer,
} from './messages.ts';
import { checkBody, readAnswer } from './refusals.ts';
import { openSession, type Place, type SignInStore } from './session.ts';
import { type OpenSignIn, signInOf } from './sign-in.ts';

export type ClientOptions = Omit<ExchangeOptions, 'server'> & {
  /** As `parseServer` gives it. */
  readonly server: string;
  readonly store: SignInStore;
  readonly now: () => Instant;
};

type Asking = { readonly signal?: AbortSignal | undefined };
/** Where the sign-in is kept. */
type SigningIn = Asking & { readonly place: Place };

/** What one endpoint takes and answers. */
type Endpoint<Answer extends z.ZodType> = Question & { readonly takes?: z.ZodType; readonly answers: Answer };

/** Bytes of an answer that is a list, or rows of sync. */
const longAnswer = 16_777_216;

export type AccountClient = ReturnType<typeof openAccountClient>;

export function openAccountClient({ server, store, now, ...around }: ClientOptions) {
  const { exchange, close } = openExchange({ server, ...around });

  async function ask<Answer extends z.ZodType>(endpoint: Endpoint<Answer>): Promise<z.output<Answer>> {
    const { takes, answers, ...question } = endpoint;
    if (takes !== undefined) checkBody(takes, question.body);
    return readAnswer(await exchange(question), answers, { ...question, server, now: now() });
  }

  const session = openSession({
    server,
    store,
    now,
    exchange: ({ access, refresh }, signal) =>
      ask({
        ...{ method: 'POST', path: '/auth/refresh', answers: tokenAnswer, signal },
        ...(refresh === undefined ? { token: access } : { body: { refresh_token: refresh }, takes: refreshRequest }),
      }),
  });

  const askSignedIn = <Answer extends z.ZodType>(endpoint: Endpoint<Answer>): Promise<z.output<Answer>> =>
    session.ask(access => ask({ ...endpoint, token: access }), endpoint.signal);

  /** Keeps the tokens that a good password gave. */
  async function keep(answer: TokenAnswer, place: Place): Promise<OpenSignIn> {
    const signIn = signInOf(answer, server, now());
    await store.lock(() => store.write(signIn, place));
    return signIn;
  }

  const readMe = (path: string, { signal }: Asking) =>
    askSignedIn({ method: 'GET', path, answers: userAnswer, signal });

  const sendSettings = (method: 'PUT' | 'PATCH', settings: Record<string, unknown>, { signal }: Asking) =>
    askSignedIn({
      ...{ method, path: '/users/me/settings', body: { settings }, signal },
      ...{ takes: settingsRequest, answers: settingsAnswer },
    });

  return {
    server,
    /** The sign-in as it is kept, without asking the server; a Failure where there is none that is open. */
    signIn: () => session.current(),
    /** Whether a server answers at all. */
    health: async ({ signal }: Asking = {}): Promise<void> => {
      await exchange({ method: 'GET', path: '/health', signal });
    },

    register: async (body: z.input<typeof registerRequest>, { place, signal }: SigningIn): Promise<OpenSignIn> => {
      await store.check(place);
      const asked = { body, takes: registerRequest, answers: tokenAnswer, signal };
      return keep(await ask({ method: 'POST', path: '/auth/register', ...asked }), place);
    },
    login: async (body: z.input<typeof loginRequest>, { place, signal }: SigningIn): Promise<OpenSignIn> => {
      await store.check(place);
      const asked = { body, takes: loginRequest, answers: tokenAnswer, signal };
      return keep(await ask({ method: 'POST', path: '/auth/login', ...asked }), place);
    },
    /** New tokens, though the old ones may be good. */
    refresh: async ({ signal }: Asking = {}): Promise<OpenSignIn> =>
      session.renew((await session.current()).tokens, signal),
    /** Ends the session at the server; what is kept of it stays. */
    logout: ({ signal }: Asking = {}) =>
      askSignedIn({ method: 'POST', path: '/auth/logout', answers: messageAnswer, signal }),

    authMe: (asking: Asking = {}) => readMe('/auth/me', asking),
    me: (asking: Asking = {}) => readMe('/users/me', asking),
    changeProfile: (body: z.input<typeof profileRequest>, { signal }: Asking = {}) =>
      askSignedIn({ method: 'PATCH', path: '/users/me', body, takes: profileRequest, answers: userAnswer, signal }),
    /** All sessions end with it, this one too. */
    changePassword: (body: z.input<typeof passwordRequest>, { signal }: Asking = {}) =>
      askSignedIn({
        ...{ method: 'POST', path: '/users/me/password', body, signal },
        ...{ takes: passwordRequest, answers: messageAnswer },
      }),
    /** Closes the account. */
    closeAccount: ({ signal }: Asking = {}) =>
      askSignedIn({ method: 'DELETE', path: '/users/me', answers: messageAnswer, signal }),

    settings: ({ signal }: Asking = {}) =>
      askSignedIn({ method: 'GET', path: '/users/me/settings', answers: settingsAnswer, signal }),
    replaceSettings: (settings: Record<string, unknown>, asking: Asking = {}) => sendSettings('PUT', settings, asking),
    changeSettings: (settings: Record<string, unknown>, asking: Asking = {}) => sendSettings('PATCH', settings, asking),

    /** The newest first. */
    notifications: ({
      unreadOnly = false,
      limit = 50,
      offset = 0,
      signal,
    }: Asking & { unreadOnly?: boolean; limit?: number; offset?: number } = {}) =>
      askSignedIn({
        ...{ method: 'GET', answers: anyNotifications, largest: longAnswer, signal },
        path: `/notifications?unread_only=${unreadOnly}&limit=${limit}&offset=${offset}`,
      }),
    /** Takes those of this device in clear, where the setting says so. */
    uploadNotifications: (notifications: z.input<typeof uploadRequest>['notifications'], { signal }: Asking = {}) =>
      askSignedIn({
        ...{ method: 'POST', path: '/notifications', body: { notifications }, signal },
        ...{ takes: uploadRequest, answers: countedAnswer },
      }),
    readNotification: (id: number, { signal }: Asking = {}) =>
      askSignedIn({ method: 'PUT', path: `/notifications/${id}/read`, answers: messageAnswer, signal }),
    readAllNotifications: ({ signal }: Asking = {}) =>
      askSignedIn({ method: 'POST', path: '/notifications/mark-all-read', answers: countedAnswer, signal }),
    removeNotification: (id: number, { signal }: Asking = {}) =>
      askSignedIn({ method: 'DELETE', path: `/notifications/${id}`, answers: messageAnswer, signal }),

    preferences: ({ signal }: Asking = {}) =>
      askSignedIn({ method: 'GET', path: '/alerts/preferences', answers: anyPreferences, signal }),
    setPreferences: (body: z.input<typeof preferencesRequest>, { signal }: Asking = {}) =>
      askSignedIn({
        ...{ method: 'PUT', path: '/alerts/preferences', body, signal },
        ...{ takes: preferencesRequest, answers: anyPreferences },
      }),
    changePreference: (type: AlertType, body: z.input<typeof preferenceRequest>, { signal }: Asking = {}) =>
      askSignedIn({
        ...{ method: 'PATCH', path: `/alerts/preferences/${type}`, body, signal },
        ...{ takes: preferenceRequest, answers: anyPreference },
      }),

    /** Stores sealed rows; those that are there already are counted as replayed. */
    push: (rows: readonly SyncRow[], { signal }: Asking = {}): Promise<z.output<typeof pushAnswer>> =>
      askSignedIn({
        method: 'POST',
        path: '/sync/push',
        body: { rows },
        takes: pushRequest,
        answers: pushAnswer,
        signal,
      }),
    /** Rows stored since a cursor; undefined or '' is the beginning. `refusedWith` is 409 where the cursor is none of this server. */
    pull: ({
      since,
      limit,
      signal,
    }: Asking & { readonly since?: string | undefined; readonly limit?: number | undefined }): Promise<
      z.output<typeof pullAnswer>
    > => {
      const query = new URLSearchParams({
        since: since ?? '',
        ...(limit === undefined ? {} : { limit: String(limit) }),
      });
      return askSignedIn({
        ...{ method: 'GET', path: `/sync/pull?${query}`, answers: pullAnswer },
        ...{ largest: longAnswer, signal },
      });
    },

    close,
  };
}
