/** A crontab and a systemctl for a test: real programs in a folder of their own, which keep what they are told there. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Schedulers = {
  /** For the command under test: nothing else is on its PATH. */
  readonly env: Readonly<Record<string, string>>;
  readonly unitsFolder: string;
  /** What the crontab is, one character a byte; undefined is none. */
  readonly crontab: () => string | undefined;
  readonly setCrontab: (text: string) => void;
  /** What `systemctl --user` was told, a line a call. */
  readonly told: () => string[];
  /** From now on crontab, or this verb of systemctl, fails with these words. */
  readonly refuse: (what: string, words: string) => void;
};

const cronProgram = `case "$1" in
-l) [ -f "$here/refuse-list" ] && { cat "$here/refuse-list" >&2; exit 1; }
    [ -f "$here/crontab.txt" ] || { echo "no crontab for ann" >&2; exit 1; }
    cat "$here/crontab.txt";;
-)  [ -f "$here/refuse-write" ] && { cat "$here/refuse-write" >&2; exit 1; }
    cat > "$here/crontab.new" && mv "$here/crontab.new" "$here/crontab.txt";;
*)  exit 2;;
esac`;
const systemProgram = `echo "$*" >> "$here/told.txt"
[ -f "$here/refuse-$2" ] && { cat "$here/refuse-$2" >&2; exit 1; }
exit 0`;

export function schedulersIn(folder: string, have: readonly ('crontab' | 'systemctl')[]): Schedulers {
  const scripts = { crontab: cronProgram, systemctl: systemProgram };
  for (const name of have) {
    const script = `#!/bin/sh\nPATH=/usr/bin:/bin\nhere='${folder}'\n${scripts[name]}\n`;
    writeFileSync(join(folder, name), script, { mode: 0o755 });
  }
  const read = (name: string) => {
    const path = join(folder, name);
    return existsSync(path) ? readFileSync(path, 'latin1') : undefined;
  };
  return {
    env: { PATH: folder, HOME: folder },
    unitsFolder: join(folder, '.config/systemd/user'),
    crontab: () => read('crontab.txt'),
    setCrontab: text => writeFileSync(join(folder, 'crontab.txt'), text, 'latin1'),
    told: () => (read('told.txt') ?? '').trim().split('\n'),
    refuse: (what, words) => writeFileSync(join(folder, `refuse-${what}`), `${words}\n`),
  };
}
