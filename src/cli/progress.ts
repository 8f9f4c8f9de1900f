/** Progress of long work: one line on stderr that is rewritten, on a terminal only. */
import type { Streams } from './output.ts';

const toStart = '\r';
const eraseLine = '\u001b[2K';

export type Progress = { readonly show: (done: number, total: number) => void; readonly end: () => void };

/** `end` clears the line; it is called whatever happens to the work. */
export function progressLine(what: string, streams: Streams, options: { quiet: boolean }): Progress {
  let isShown = false;
  return {
    show(done, total) {
      if (!streams.errIsTerminal || options.quiet) return;
      isShown = true;
      streams.err(`${toStart}${eraseLine}${what} ${done}/${total}`);
    },
    end() {
      if (isShown) streams.err(`${toStart}${eraseLine}`);
      isShown = false;
    },
  };
}
