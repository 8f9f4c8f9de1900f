import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jobArguments } from '../../../src/domain/schedule/job.ts';
import { isOurUnit, unitsOf } from '../../../src/domain/schedule/units.ts';
import { temporaryFolder } from '../../support/app.ts';

const unitsFor = (node: string, env: Record<string, string> = {}, launcher = '/opt/asxos/bin/asxos.js') =>
  unitsOf({ words: [node, launcher, ...jobArguments], env });
const rowOf = (text: string, name: string) => text.split('\n').find(row => row.startsWith(`${name}=`));

it('is a service that runs once, and a timer that makes up for a missed run', () => {
  const { service, timer } = unitsFor('/usr/bin/node', { ASXOS_DATA_DIR: '/my data' });
  expect(service).toBe(`# Made by asxos schedule install; asxos schedule remove takes it away.
[Unit]
Description=asxos: fetch what is due

[Service]
Type=oneshot
Environment="ASXOS_DATA_DIR=/my data"
ExecStart=/usr/bin/node /opt/asxos/bin/asxos.js refresh all --if-due --quiet
SuccessExitStatus=75
`);
  expect(timer).toContain('OnCalendar=*:0/15\nPersistent=true\n');
  expect([service, timer, `\n${timer}`, ''].map(isOurUnit)).toEqual([true, true, false, false]);
});

describe('quotes by the rules of systemd', () => {
  it.each([
    ['/a b/node', '"/a b/node"'],
    ['/50%/node', '/50%%/node'],
    ['/$x/node', '":/$x/node"'],
    ['/a"b/node', '/usr/bin/env "/a\\"b/node"'],
    ["/it's/node", '/usr/bin/env "/it\'s/node"'],
    ['/a\\b/node', '/usr/bin/env "/a\\\\b/node"'],
  ])('%s', (node, written) => {
    const tail = ' /opt/asxos/bin/asxos.js refresh all --if-due --quiet';
    expect(rowOf(unitsFor(node).service, 'ExecStart')).toBe(`ExecStart=${written}${tail}`);
  });
  it('says which program it cannot start', () => {
    expect(() => unitsFor('/a="b"/node')).toThrow('systemd cannot start');
  });
});

const isThere = spawnSync('systemd-analyze', ['--version']).status === 0;
describe.skipIf(!isThere)('systemd itself (skipped where there is no systemd-analyze)', () => {
  it.each(['plain', 'a b', '50%n', '$HOME', 'q"q', "it's", 'back\\slash', 'é'])('takes a folder named %s', name => {
    const folder = temporaryFolder();
    const node = join(folder, name, 'node');
    mkdirSync(join(folder, name));
    writeFileSync(node, '#!/bin/sh\n');
    chmodSync(node, 0o755);
    const units = unitsFor(node, { ASXOS_DATA_DIR: join(folder, name) }, join(folder, name, 'asxos.js'));
    const paths = (['service', 'timer'] as const).map(kind => {
      const path = join(folder, `asxos-refresh.${kind}`);
      writeFileSync(path, units[kind]);
      return path;
    });
    const said = spawnSync('systemd-analyze', ['verify', '--man=no', '--recursive-errors=no', ...paths], {
      encoding: 'utf8',
    });
    expect([said.status, said.stderr]).toEqual([0, '']);
  });
  it('finds fault with a unit that is wrong, so the test above can fail', () => {
    const path = join(temporaryFolder(), 'asxos-refresh.service');
    writeFileSync(path, unitsFor('/nowhere/node').service);
    expect(spawnSync('systemd-analyze', ['verify', '--man=no', path]).status).not.toBe(0);
  });
});
