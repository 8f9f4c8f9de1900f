/** Asks on the terminal for something that must not be shown, not even as dots. */
import type { ReadStream } from 'node:tty';

type Terminal = Pick<ReadStream, 'setRawMode' | 'on' | 'off' | 'resume' | 'pause' | 'setEncoding'>;

const enter = /[\r\n]/;
const interrupt = '\u0003';
const endOfInput = '\u0004';
const erase = /[\u007f\b]/;

/**
 * Resolves with the line that was typed or pasted, without its line break. Rejects when it is left with ctrl-C (which is
 * `onInterrupt` too, for in raw mode the terminal sends no signal) or the signal is aborted. The terminal is as before
 * in every case.
 */
export function readSecretLine(
  terminal: Terminal,
  options: { write: (text: string) => void; prompt: string; signal: AbortSignal; onInterrupt: () => void },
): Promise<string> {
  const { write, prompt, signal, onInterrupt } = options;
  return new Promise((resolve, reject) => {
    let typed = '';
    const finish = (end: () => void): void => {
      terminal.off('data', read);
      signal.removeEventListener('abort', stop);
      terminal.setRawMode(false);
      terminal.pause();
      write('\n');
      end();
    };
    const stop = (): void => finish(() => reject(signal.reason));
    const read = (chunk: string): void => {
      // An arrow key or a pasted block comes wrapped in an escape sequence.
      const text = chunk.replace(/\u001b\[[0-9;]*[A-Za-z~]/g, '');
      for (const letter of text) {
        if (letter === interrupt) {
          onInterrupt();
          return;
        }
        if (enter.test(letter) || letter === endOfInput) {
          finish(() => resolve(typed));
          return;
        }
        typed = erase.test(letter) ? typed.slice(0, -1) : typed + letter;
      }
    };
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    // Before the prompt: what is pasted the moment it appears would be echoed.
    terminal.setRawMode(true);
    terminal.setEncoding('utf8');
    signal.addEventListener('abort', stop);
    terminal.on('data', read);
    terminal.resume();
    write(prompt);
  });
}
