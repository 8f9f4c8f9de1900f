import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../src/config.ts';
import { outboxOf } from '../src/outbox.ts';
import { temporaryFolder } from './support/app.ts';

const channelsOf = (settings: Readonly<Record<string, string>>, env = {}, simulated = false) => {
  const path = join(temporaryFolder(), 'config.json');
  writeFileSync(path, JSON.stringify(settings));
  return outboxOf(loadConfig({ env: { ASXOS_CONFIG: path } }), { env, simulated });
};

test('a channel is there where it is set, the desktop where something can tell it', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'notify-send'), '', { mode: 0o755 });
  const all = { 'notify.exec': 'tell', 'notify.webhook': 'https://ntfy.sh/x' };
  expect(channelsOf({})).toEqual({ channels: [], minPriority: 'normal' });
  expect(channelsOf(all, { PATH: folder }).channels).toEqual(['desktop', 'command', 'webhook']);
  expect(channelsOf({ 'notify.desktop': 'off' }, { PATH: folder }).channels).toEqual([]);
  expect(channelsOf({ ...all, 'notify.minPriority': 'urgent' }).minPriority).toBe('urgent');
});

test('nothing of a simulated market goes out', () => {
  expect(channelsOf({ 'notify.exec': 'tell' }, {}, true).channels).toEqual([]);
});
