// `npm run screenshots`: the pictures of the README. The built console runs on the demo in a terminal of 112 by 34, with
// the clock standing still; what its screen holds becomes an SVG. The same program makes the same pictures.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startInTerminal, type TerminalProgram } from '../test/support/pty.ts';
import { screenSvg } from './screen-svg.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const images = join(root, 'docs/images');
const launcher = join(root, 'bin/asxos.js');

type Picture = {
  readonly name: string;
  readonly title: string;
  readonly keys: string;
  /** What the screen shows when it is whole. */
  readonly shows: RegExp;
};

const pictures: readonly Picture[] = [
  { name: 'dashboard', title: 'Dashboard of the demo', keys: '1', shows: /Needs you/ },
  { name: 'holdings', title: 'Holdings of the demo', keys: '2', shows: /Code +Units/ },
  { name: 'security', title: 'A security of the demo: BHP', keys: ':bhp\r', shows: /You hold/ },
  { name: 'signals', title: 'Signals of the demo', keys: '3', shows: /\d scored/ },
  { name: 'tax', title: 'Tax and income of the demo', keys: '8', shows: /FY2026/ },
];

let program: TerminalProgram | undefined;
const folder = mkdtempSync(join(tmpdir(), 'asxos-pictures-'));
const env = {
  ...{ ASXOS_NOW: '2026-11-20T10:00Z', ASXOS_DATA_DIR: join(folder, 'data') },
  ...{ ASXOS_CONFIG: join(folder, 'config.json'), COLORTERM: 'truecolor', TZ: 'UTC' },
};
try {
  writeFileSync(env.ASXOS_CONFIG, JSON.stringify({ theme: 'dark' }));
  const filled = spawnSync(process.execPath, [launcher, '--demo', 'signals', 'run', '--quiet'], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (filled.status !== 0) throw new Error(`the demo could not be filled: ${filled.stderr}`);
  mkdirSync(images, { recursive: true });
  const size = { columns: 112, rows: 34 };
  program = startInTerminal(process.execPath, [launcher, 'demo'], { ...size, cwd: root, env });
  await program.waitForText('? help', 60_000);
  for (const picture of pictures) await take(program, picture);
  program.write('q');
  await program.exit;
} finally {
  program?.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function take(program: TerminalProgram, { name, title, keys, shows }: Picture): Promise<void> {
  program.write(keys);
  await program.waitForText(shows, 30_000);
  await quiet(program);
  const svg = screenSvg(program.cells(), title);
  writeFileSync(join(images, `${name}.svg`), svg);
  process.stdout.write(`docs/images/${name}.svg  ${Math.round(svg.length / 1000)} kB\n`);
}

/** Until the screen has been the same for a second: nothing is being worked out any more. */
async function quiet(program: TerminalProgram): Promise<void> {
  for (let before = ''; before !== program.screen(); ) {
    before = program.screen();
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
}
