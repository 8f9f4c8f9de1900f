/** Runs a program for a notification: without a shell, within a time, with a bounded ear for what it complains of. */
import { spawn } from 'node:child_process';
import type { DeliveryTrouble } from '../domain/alerts/delivery.ts';
import { harmless } from '../domain/text.ts';
import { reasonOf } from './private-file.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export type Running = {
  readonly env: Environment;
  /** What it reads on stdin; nothing, where absent. */
  readonly input?: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** How it is called in words. */
  readonly name: string;
};

/** Keys of this program's own: nobody else's business. */
const secrets = new Set(['EODHD_API_TOKEN', 'JWT_SECRET_KEY', 'DATABASE_URL']);
const mostHeard = 4096;
/** How long a program that has ended is listened to. */
const lastWordMs = 250;

/** Undefined when it ended well. What it leaves running in its group is ended with it when the time is over. */
export function runProgram(
  [program, ...args]: readonly [string, ...string[]],
  { env, input, timeoutMs, signal, name }: Running,
): Promise<DeliveryTrouble | undefined> {
  signal.throwIfAborted();
  const inherited = Object.fromEntries(Object.entries(env).filter(([key]) => !secrets.has(key)));
  return new Promise((resolve, reject) => {
    const isGroup = process.platform !== 'win32';
    const child = spawn(program, args, { env: inherited, stdio: ['pipe', 'ignore', 'pipe'], detached: isGroup });
    let heard = '';
    const end = (): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(isGroup ? -child.pid : child.pid, 'SIGKILL');
      } catch (error) {
        // It has ended by itself.
        if (reasonOf(error) !== 'ESRCH') throw error;
      }
    };
    const settle = (answer: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      // Something that it left behind may still hold them open.
      child.stderr.destroy();
      child.stdin.destroy();
      answer();
    };
    let timer = setTimeout(() => {
      end();
      settle(() => resolve(slow(name, timeoutMs)));
    }, timeoutMs);
    const abort = (): void => {
      end();
      settle(() => reject(signal.reason));
    };
    signal.addEventListener('abort', abort, { once: true });
    child.stderr.on('data', (chunk: Buffer) => {
      heard = (heard + chunk.toString('utf8')).slice(-mostHeard);
    });
    // Who does not read what it is told may still be content.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
    child.on('error', error => settle(() => resolve(notStarted(name, error))));
    child.on('exit', (code, killedBy) => {
      if (code === 0) return settle(() => resolve(undefined));
      clearTimeout(timer);
      const tell = (): void => settle(() => resolve(ended(name, code, killedBy, heard)));
      // What it said last may still be on its way, and what it left behind may never fall silent.
      child.on('close', tell);
      timer = setTimeout(tell, lastWordMs);
    });
  });
}

const slow = (name: string, timeoutMs: number): DeliveryTrouble => ({
  kind: 'slow',
  reason: `${name} took longer than ${timeoutMs / 1000} s and was ended`,
  isPermanent: false,
});

const notStarted = (name: string, error: Error): DeliveryTrouble => {
  const why = reasonOf(error);
  const words: Record<string, string> = { ENOENT: 'there is no such program', EACCES: 'it may not be run' };
  return { kind: 'absent', reason: `${name} could not be run: ${words[why] ?? why}`, isPermanent: true };
};

function ended(name: string, code: number | null, killedBy: string | null, heard: string): DeliveryTrouble {
  const last = heard
    .split('\n')
    .map(harmless)
    .map(line => line.trim())
    .filter(Boolean)
    .at(-1)
    ?.slice(0, 200);
  const how = code === null ? `was ended by ${killedBy}` : `ended with ${code}`;
  return { kind: 'rejected', reason: `${name} ${how}${last === undefined ? '' : `: ${last}`}`, isPermanent: false };
}
