import { describe, expect, test } from 'vitest';
import { startInTerminal } from './pty.ts';

const script = (source: string): string[] => ['--input-type=module', '-e', source];
const size = { columns: 60, rows: 10 };

describe('a program in a pseudo-terminal', () => {
  test('sees a terminal of the asked size, without CI', async () => {
    const program = startInTerminal(
      process.execPath,
      script(
        'console.log(process.stdout.isTTY, process.stdout.columns, process.stdout.rows, "CI" in process.env, process.env.ASK)',
      ),
      { ...size, env: { ASK: 'yes' } },
    );
    await program.waitForText('true 60 10 false yes');
    expect(await program.exit).toEqual({ code: 0, signal: undefined });
    expect(program.screen()).toBe('true 60 10 false yes');
  });

  test('gets keys and resizes, and its exit code is told', async () => {
    const program = startInTerminal(
      process.execPath,
      script(`
        process.stdin.setRawMode(true);
        process.stdin.on('data', key => { console.log('key', String(key)); if (String(key) === 'q') process.exit(7); });
        process.stdout.on('resize', () => console.log('size', process.stdout.columns, process.stdout.rows));
        console.log('ready');
      `),
      size,
    );
    await program.waitForText('ready');
    program.write('j');
    await program.waitForText('key j');
    program.resize(40, 8);
    await program.waitForText('size 40 8');
    program.write('q');
    expect(await program.exit).toEqual({ code: 7, signal: undefined });
    expect(program.raw()).toContain('ready\r\n');
  });

  test('tells which buffer is in use, and which signal ended it', async () => {
    const program = startInTerminal(
      process.execPath,
      script(`process.stdout.write('\\x1b[?1049hinside'); setInterval(() => undefined, 1000);`),
      size,
    );
    await program.waitForText('inside');
    expect(program.buffer()).toBe('alternate');
    program.kill('SIGKILL');
    expect((await program.exit).signal).toBe(9);
  });
});
