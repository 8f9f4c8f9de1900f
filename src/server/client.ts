/** Who is at the other end: the address that limits count by, and the device that a sign-in is known by. */
import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { Context } from 'hono';

export type Client = {
  readonly address: string;
  /** A digest of what the device calls itself. */
  readonly device: string;
  /** What the device calls itself, for people. */
  readonly deviceName: string;
};

/** `hops` is the number of proxies of ours in front: each adds the address it was called from to X-Forwarded-For. */
export function clientOf(c: Context, hops: number): Client {
  const agent = c.req.header('user-agent') ?? '';
  const device = c.req.header('x-device-id') ?? agent;
  return {
    address: clientAddress(c, hops),
    device: createHash('sha256').update(device).digest('base64url'),
    deviceName: agent.replace(/[^\x20-\x7e]/g, '').slice(0, 80) || 'a program that does not say its name',
  };
}

export const clientAddress = (c: Context, hops: number): string =>
  addressOf(remoteAddress(c), hops === 0 ? undefined : c.req.header('x-forwarded-for'), hops);

/** The address of the connection, as the HTTP server gives it. */
function remoteAddress(c: Context): string {
  const bindings: { incoming?: { socket?: { remoteAddress?: string } } } | undefined = c.env;
  return bindings?.incoming?.socket?.remoteAddress ?? 'unknown';
}

export function addressOf(remote: string, forwarded: string | undefined, hops: number): string {
  const chain = [...(forwarded ?? '').split(',').map(each => each.trim()), remote].filter(each => each !== '');
  const chosen = chain[Math.max(0, chain.length - 1 - hops)] ?? remote;
  return isIP(chosen) === 0 ? remote : chosen;
}

/** What limits count by: an IPv4 address, or the /64 that an IPv6 client has for itself. */
export function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after].slice(0, 4);
  return `${groups.map(group => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
