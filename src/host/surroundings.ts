/** The process around the console: its terminal, the signals that end it, and stopping it as the shell's ctrl-Z does. */
import process from 'node:process';

const endings = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 } as const;

export const processSurroundings = () => ({
  stdin: process.stdin,
  stdout: process.stdout,
  env: process.env,
  platform: process.platform,
  /** Calls `end` with 128 plus the signal's number; returns how to stop listening. */
  onEndSignal(end: (exitCode: number) => void): () => void {
    const listeners = Object.entries(endings).map(([name, exitCode]) => ({ name, listener: () => end(exitCode) }));
    for (const { name, listener } of listeners) process.on(name, listener);
    return () => {
      for (const { name, listener } of listeners) process.off(name, listener);
    };
  },
  /** Calls `crash` with what nobody caught; returns how to stop listening. */
  onBug(crash: (error: unknown) => void): () => void {
    process.on('uncaughtException', crash);
    process.on('unhandledRejection', crash);
    return () => {
      process.off('uncaughtException', crash);
      process.off('unhandledRejection', crash);
    };
  },
  // The whole group: npm and the shell's pipeline stop too, as they do when the terminal itself sends the signal.
  stopProcess: process.platform === 'win32' ? undefined : () => process.kill(0, 'SIGTSTP'),
});
