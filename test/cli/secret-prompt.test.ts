import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { readSecretLine } from '../../src/cli/secret-prompt.ts';

/** The parts of a terminal that are used, and how they were left. */
class Terminal extends EventEmitter {
  raw = false;
  flowing = false;
  setRawMode(mode: boolean): this {
    this.raw = mode;
    return this;
  }
  setEncoding(): this {
    return this;
  }
  resume(): this {
    this.flowing = true;
    return this;
  }
  pause(): this {
    this.flowing = false;
    return this;
  }
}

function ask() {
  const terminal = new Terminal();
  const written: string[] = [];
  const stop = new AbortController();
  // A terminal in as far as it is used.
  const answer = readSecretLine(terminal as unknown as Parameters<typeof readSecretLine>[0], {
    prompt: 'Key: ',
    write: text => written.push(text),
    signal: stop.signal,
    onInterrupt: () => stop.abort(),
  });
  return { terminal, written, answer, stop };
}

describe('a secret', () => {
  test.each([
    ['typed', ['a', 'b', 'c', '\r'], 'abc'],
    ['pasted', ['abc\n'], 'abc'],
    ['pasted in brackets', ['\u001b[200~abc\u001b[201~', '\r'], 'abc'],
    ['mended', ['ax', '\u007f', 'bc', '\b', 'c\r'], 'abc'],
    ['ended with ctrl-D', ['abc\u0004'], 'abc'],
    ['typed around an arrow key', ['ab', '\u001b[D', 'c\r'], 'abc'],
  ])('%s is read and never shown', async (_how, chunks, wanted) => {
    const { terminal, written, answer } = ask();
    expect(terminal.raw).toBe(true);
    for (const chunk of chunks) terminal.emit('data', chunk);
    expect(await answer).toBe(wanted);
    expect(written).toEqual(['Key: ', '\n']);
    expect([terminal.raw, terminal.flowing, terminal.listenerCount('data')]).toEqual([false, false, 0]);
  });

  test('ctrl-C leaves the terminal as it was', async () => {
    const { terminal, answer } = ask();
    terminal.emit('data', 'ab\u0003');
    await expect(answer).rejects.toThrow();
    expect([terminal.raw, terminal.listenerCount('data')]).toEqual([false, 0]);
  });
});
