/**
 * Who may ask: whoever names this machine and has the key.
 *
 * A page in a browser can be given a name whose address it changes to this machine's (DNS rebinding); then the browser
 * sends that name in the Host header. So only names of this machine are answered. The key comes in the header X-API-Key
 * and nowhere else: an address with a key in it would be kept in histories and logs.
 */
import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import { isLoopback } from '../http/loopback.ts';
import { refusal, unauthorised } from '../http/refusal.ts';
import type { Parts } from './parts.ts';

/** For everybody, so that whatever looks after the machine needs no key. */
const open = '/health';

export function guard({ host, isKey }: Pick<Parts, 'host' | 'isKey'>): MiddlewareHandler {
  return async (c, next) => {
    const named = c.req.header('host') ?? new URL(c.req.url).host;
    if (!isOurs(named, host)) throw refusal(403, 'The Host header does not name this machine');
    if (c.req.path !== open && !isKey(c.req.header('x-api-key') ?? '')) {
      throw unauthorised('Unauthorized', 'ApiKey header="X-API-Key"');
    }
    await next();
  };
}

/** Whether a Host header may stand for what listens on `host`. An address is no name, and so is nobody's to change. */
export function isOurs(header: string, host: string): boolean {
  if (!URL.canParse(`http://${header}`)) return false;
  const name = new URL(`http://${header}`).hostname.replace(/^\[(.*)\]$/, '$1').replace(/[.]$/, '');
  return isLoopback(name) || name === host.toLowerCase() || (!isLoopback(host) && isIP(name) !== 0);
}
