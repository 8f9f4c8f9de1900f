/** Hands a notification to a command of the owner's: JSON on its stdin. No shell reads the command line. */
import { basename } from 'node:path';
import { readCommandLine } from '../domain/alerts/command-line.ts';
import type { DeliveryTrouble, OutboundMessage } from '../domain/alerts/delivery.ts';
import { type Environment, runProgram } from './notify-program.ts';

type Options = {
  readonly command: string;
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
};

/** Undefined when it was taken. */
export async function notifyCommand(
  message: OutboundMessage,
  { command, env, signal, timeoutMs = 10_000 }: Options,
): Promise<DeliveryTrouble | undefined> {
  const words = readCommandLine(command);
  if (words === undefined) return { kind: 'absent', reason: 'notify.exec names no program', isPermanent: true };
  const input = `${JSON.stringify(message)}\n`;
  return runProgram(words, { env, input, signal, timeoutMs, name: basename(words[0]) });
}
