/** What the environment says of the account server, checked once, before anything is opened. */
import { day, hour, minute } from '../domain/date.ts';
import { Failure } from '../failure.ts';
import type { LimitSettings } from './limits.ts';

export type ServerSettings = {
  readonly secret: string;
  /** Undefined is the embedded store. */
  readonly databaseUrl: string | undefined;
  /** Milliseconds. */
  readonly accessTtl: number;
  readonly refreshTtl: number;
  readonly limits: LimitSettings;
  /** Proxies of ours between the clients and this server. */
  readonly proxies: number;
};

export type Environment = Readonly<Record<string, string | undefined>>;

const shortestSecret = 32;

export function readServerSettings(env: Environment): ServerSettings {
  const secret = env['JWT_SECRET_KEY'] ?? '';
  if (Buffer.byteLength(secret) < shortestSecret) {
    const trouble = secret === '' ? 'is not set' : `has ${Buffer.byteLength(secret)} bytes`;
    throw new Failure('invalid-input', `JWT_SECRET_KEY ${trouble}; it needs ${shortestSecret} bytes or more`, {
      hint: 'Make one with: openssl rand -base64 48. Every instance is given the same.',
    });
  }
  return {
    secret,
    databaseUrl: readDatabaseUrl(env),
    accessTtl: readDuration(env, 'ACCESS_TOKEN_TTL', hour),
    refreshTtl: readDuration(env, 'REFRESH_TOKEN_TTL', 30 * day),
    limits: {
      perAccount: readCount(env, 'LOGIN_LIMIT_ACCOUNT', 10, 1),
      perAddress: readCount(env, 'LOGIN_LIMIT_ADDRESS', 50, 1),
      window: readDuration(env, 'LOGIN_LIMIT_WINDOW', 15 * minute),
      registrations: readCount(env, 'LOGIN_LIMIT_REGISTRATIONS', 20, 1),
    },
    proxies: readCount(env, 'TRUSTED_PROXIES', 0, 0),
  };
}

function readDatabaseUrl(env: Environment): string | undefined {
  const url = env['DATABASE_URL'];
  if (url === undefined || url === '') return undefined;
  // The address may hold a password: it is not repeated.
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url.replace('@/', '@localhost/'))) {
    throw new Failure('invalid-input', 'DATABASE_URL is not the address of a PostgreSQL database', {
      hint: 'Write it like postgres://user:password@host:5432/asxos, or unset it for the embedded store.',
    });
  }
  return url;
}

function readCount(env: Environment, name: string, otherwise: number, least: number): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (count >= least) return count;
  throw new Failure('invalid-input', `${name} is "${text}", which is not a whole number of at least ${least}`);
}

const units: Readonly<Record<string, number>> = { '': 1000, s: 1000, m: minute, h: hour, d: day };

function readDuration(env: Environment, name: string, otherwise: number): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  const match = /^(\d{1,9})([smhd]?)$/.exec(text);
  const duration = Number(match?.[1]) * (units[match?.[2] ?? ''] ?? Number.NaN);
  if (duration >= 1000 && duration <= 3660 * day) return duration;
  throw new Failure('invalid-input', `${name} is "${text}", which is not a length of time`, {
    hint: 'Write it in seconds, like 3600, or like 15m, 1h, 30d.',
  });
}
