/** What the account server is run with: the image, the containers and the unit fit the program and each other. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('the package', () => {
  test('is small, and has what runs, what is read, and nothing of how it is made', () => {
    const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
    const { stdout } = spawnSync('npm', args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
    // npm 11 answers a list, npm 12 an object by name.
    const [pack] = Object.values(JSON.parse(stdout) as Record<string, { size: number; files: { path: string }[] }>);
    const paths = pack?.files.map(({ path }) => path) ?? [];
    expect(pack?.size).toBeLessThan(10_000_000);
    expect([...new Set(paths.map(path => path.split('/')[0]))].toSorted()).toEqual([
      ...['CHANGELOG.md', 'LICENSE', 'README.md', 'bin', 'dist', 'docs', 'migrations', 'package.json', 'packaging'],
    ]);
    for (const path of ['bin/asxos.js', 'dist/main.js', 'migrations/meta/_journal.json']) expect(paths).toContain(path);
    expect(paths.filter(path => /snapshot|\.map$|\.tsx?$|(^|\/)test\//.test(path))).toEqual([]);
  });
});

describe('the image', () => {
  const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ');
  const instructions = dockerfile.split('\n').filter(line => /^[A-Z]+ /.test(line));
  const sources = instructions
    .filter(line => /^COPY (?!--from)/.test(line))
    .flatMap(line => line.split(' ').slice(1, -1));

  test('copies what is there, and what is not left out of its context', () => {
    const kept = read('.dockerignore')
      .split('\n')
      .filter(line => line.startsWith('!'))
      .map(line => line.slice(1));
    expect(sources.toSorted()).toEqual(kept.toSorted());
    for (const path of sources) expect([path, existsSync(join(root, path))]).toEqual([path, true]);
  });

  test('runs as a user without rights, on a Node that the program takes, and starts the server', () => {
    expect(instructions.filter(line => line.startsWith('USER')).at(-1)).toBe('USER node');
    expect(instructions.filter(line => line.startsWith('FROM')).every(line => /^FROM node:2[4-9]-/.test(line))).toBe(
      true,
    );
    expect(dockerfile).toContain('ENTRYPOINT ["node", "/app/bin/asxos.js"]');
    expect(instructions.at(-1)).toMatch(/^CMD \["serve", /);
  });
});

type Service = { environment: Record<string, string>; ports?: string[]; profiles?: string[] };

describe('the containers', () => {
  const file = parse(read('docker-compose.yml'), { merge: true }) as { services: Record<string, Service> };

  test('are a server and its database, and with the profile dev a server of this checkout', () => {
    expect(Object.keys(file.services)).toEqual(['db', 'server', 'dev']);
    expect(file.services['dev']?.profiles).toEqual(['dev']);
  });

  test('show no port but to this machine', () => {
    const ports = Object.values(file.services).flatMap(service => service.ports ?? []);
    expect(ports).toEqual(['127.0.0.1:8788:8788', '127.0.0.1:8789:8788']);
  });

  test('set what the server reads, and do not start without a secret', () => {
    const documented = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    const own = new Set(['ASXOS_DATA_DIR']);
    for (const name of ['server', 'dev']) {
      const names = Object.keys(file.services[name]?.environment ?? {});
      expect(names.filter(each => !documented.includes(each))).toEqual([]);
      const server = documented.slice(documented.indexOf('JWT_SECRET_KEY'), documented.indexOf('TRUSTED_PROXIES') + 1);
      expect(names.filter(each => !own.has(each)).toSorted()).toEqual(server.toSorted());
    }
    expect(file.services['server']?.environment['JWT_SECRET_KEY']).toMatch(/^\$\{JWT_SECRET_KEY:\?/);
  });
});

describe('the unit', () => {
  const unit = read('packaging/asxos-server.service');

  test('starts a command of the program, and takes its exit codes as they are meant', () => {
    expect(unit).toMatch(/^ExecStart=\/usr\/local\/bin\/asxos serve /m);
    expect(unit).toMatch(/^SuccessExitStatus=143$/m);
    expect(unit).toMatch(/^RestartPreventExitStatus=64 65$/m);
  });

  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
  test.skipIf(!hasSystemd)('is one that systemd reads', () => {
    const { stdout, stderr } = spawnSync('systemd-analyze', ['verify', join(root, 'packaging/asxos-server.service')], {
      encoding: 'utf8',
    });
    // Where the program is not installed, that is all there is to say.
    const said = `${stdout}${stderr}`.split('\n').filter(line => line !== '' && !line.includes('is not executable'));
    expect(said).toEqual([]);
  });
});
