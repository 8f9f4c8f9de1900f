/**
 * Posts a notification to a webhook: as ntfy or Slack take it, or as plain JSON.
 *
 * The address that is connected to is judged, not the name: a name is looked up by us and the socket's far end is looked
 * at again before a byte of the request is sent. Redirects are not followed. Connecting and the whole exchange have a
 * time-out, the answer is not read beyond a limit. The webhook's address is a secret and is in no trouble's words.
 */
import { lookup as lookUp } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, request } from 'undici';
import type { DeliveryTrouble, OutboundMessage } from '../domain/alerts/delivery.ts';
import type { Priority } from '../domain/alerts/notification.ts';
import { formatOfAddress, shownAddress } from '../domain/alerts/webhook-address.ts';
import { harmless } from '../domain/text.ts';
import { type Admission, addressProblem } from './notify-address.ts';
import { reasonOf } from './private-file.ts';

export type WebhookFormat = 'auto' | 'ntfy' | 'slack' | 'json';

export type WebhookOptions = {
  readonly url: string;
  readonly format: WebhookFormat;
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
};

const largestAnswer = 16_384;

/** Nothing is sent to this address. */
class RefusedAddress extends Error {}

/** Undefined when it was taken. */
export async function postWebhook(
  message: OutboundMessage,
  { url, format, allowPrivate, signal, timeoutMs = 10_000 }: WebhookOptions,
): Promise<DeliveryTrouble | undefined> {
  signal.throwIfAborted();
  const shown = shownAddress(url);
  const target = new URL(url);
  const admission = { isSecure: target.protocol === 'https:', allowPrivate };
  const literal = target.hostname.replace(/^\[|\]$/g, '');
  const problem = isIP(literal) === 0 ? undefined : addressProblem(literal, admission);
  if (problem !== undefined) return refused(shown, problem);
  const agent = new Agent({
    connect: guardedConnector(admission, timeoutMs),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connections: 1,
    pipelining: 0,
  });
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const { headers, body } = posted(message, format === 'auto' ? formatOfAddress(url) : format);
    const answer = await request(target, {
      ...{ method: 'POST', dispatcher: agent, body },
      headers: { ...headers, 'user-agent': 'asxos' },
      signal: AbortSignal.any([signal, deadline]),
    });
    // Nobody reads it: so much for letting go of the connection in peace.
    await answer.body.dump({ limit: largestAnswer });
    return judged(answer.statusCode, answer.headers['retry-after'], shown);
  } catch (error) {
    signal.throwIfAborted();
    return broken(error, shown, timeoutMs);
  } finally {
    await agent.destroy();
  }
}

/** Looks the name up, keeps to the addresses that may be connected to, and looks again at the one that was. */
function guardedConnector(admission: Admission, timeoutMs: number): buildConnector.connector {
  const lookup: LookupFunction = (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 4);
      const allowed = addresses.filter(({ address }) => addressProblem(address, admission) === undefined);
      const [first] = allowed;
      if (first === undefined) {
        const why = addressProblem(addresses[0]?.address ?? '', admission) ?? 'it has no address';
        return callback(new RefusedAddress(why), '', 4);
      }
      if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
  const connect = buildConnector({ timeout: timeoutMs, lookup });
  return (options, callback) =>
    connect(options, (error, socket) => {
      // Typed as null, and left out in fact.
      if (error || !socket) return callback(error ?? new Error('no connection'), null);
      const problem = addressProblem(socket.remoteAddress ?? '', admission);
      if (problem === undefined) return callback(null, socket);
      socket.destroy();
      callback(new RefusedAddress(problem), null);
    });
}

const ntfyPriorities: Record<Priority, string> = { low: '2', normal: '3', high: '4', urgent: '5' };

/** Words of a header beyond ASCII, as ntfy reads them (RFC 2047). */
const headerText = (text: string): string =>
  /^[ -~]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`;

type Posted = { readonly headers: Record<string, string>; readonly body: string };

function posted(message: OutboundMessage, format: Exclude<WebhookFormat, 'auto'>): Posted {
  const { title, priority, code } = message;
  switch (format) {
    case 'ntfy':
      return {
        headers: {
          'content-type': 'text/plain; charset=utf-8',
          title: headerText(title),
          priority: ntfyPriorities[priority],
          tags: code === null ? message.type : `${message.type},${code}`,
        },
        body: message.message === '' ? title : message.message,
      };
    case 'slack':
      return inJson({ text: [title, message.message].filter(Boolean).map(slackText).join('\n') });
    case 'json':
      return inJson(message);
  }
}

const inJson = (value: unknown): Posted => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** The three characters that Slack reads as its own. */
const slackText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function judged(status: number, retryAfter: string | string[] | undefined, shown: string): DeliveryTrouble | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) {
    return {
      kind: 'rejected',
      reason: `${shown} answered ${status}: it leads elsewhere, and that is not followed`,
      hint: 'Set notify.webhook to the address it leads to.',
      isPermanent: true,
    };
  }
  const isPassing = status >= 500 || status === 408 || status === 425 || status === 429;
  const seconds = typeof retryAfter === 'string' && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined;
  return {
    kind: 'rejected',
    reason: `${shown} answered ${status}`,
    hint: isPassing ? undefined : 'Check notify.webhook.',
    isPermanent: !isPassing,
    waitMs: seconds === undefined ? undefined : seconds * 1000,
  };
}

const refused = (shown: string, problem: string): DeliveryTrouble => ({
  kind: 'refused',
  reason: `Nothing is sent to ${shown}: ${problem}`,
  hint: problem.includes('http,')
    ? 'Use an https address.'
    : 'If that is meant: asxos config set notify.allowPrivateAddresses yes.',
  isPermanent: true,
});

const slowCodes = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

function broken(error: unknown, shown: string, timeoutMs: number): DeliveryTrouble {
  if (error instanceof RefusedAddress) return refused(shown, error.message);
  const isLate = error instanceof Error && error.name === 'TimeoutError';
  if (isLate || slowCodes.has(reasonOf(error))) {
    return { kind: 'slow', reason: `${shown} did not answer within ${timeoutMs / 1000} s`, isPermanent: false };
  }
  const why = harmless(reasonOf(error)).slice(0, 100);
  return { kind: 'unreachable', reason: `${shown} could not be reached (${why})`, isPermanent: false };
}
