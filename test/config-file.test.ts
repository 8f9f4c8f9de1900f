import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { configKeys, configWith, parseConfigKey, readConfigFile, writeConfigFile } from '../src/config-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asxos-config-'));
  path = join(folder, 'deep', 'config.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (text: string) => {
  const file = join(folder, 'c.json');
  writeFileSync(file, text);
  return readConfigFile(file);
};

describe('the config file', () => {
  test('absent is empty', () => {
    expect(readConfigFile(path)).toEqual({});
  });

  test('is read as it was written, and is private', () => {
    const file = configWith(configWith({}, parseConfigKey('theme'), 'safe'), parseConfigKey('chart'), 'block');
    writeConfigFile(path, file);
    expect(readConfigFile(path)).toEqual({ theme: 'safe', chart: 'block' });
    expect(readFileSync(path, 'utf8')).toBe('{\n  "theme": "safe",\n  "chart": "block"\n}\n');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    writeConfigFile(path, configWith(file, parseConfigKey('theme'), undefined));
    expect(readConfigFile(path)).toEqual({ chart: 'block' });
  });

  test('may begin with a byte order mark', () => {
    expect(read('\uFEFF{"theme":"dark"}')).toEqual({ theme: 'dark' });
  });

  test.each([
    ['0', true],
    ['3.85', true],
    ['50', true],
    ['50.01', false],
    ['-1', false],
    ['3.85%', false],
    ['', false],
    ['4e1', false],
    ['NaN', false],
  ])('a cash rate of "%s": %s', (text, isOne) => {
    expect(parseConfigKey('cashRatePct').isAllowed(text)).toBe(isOne);
  });

  test.each([
    ['{"theme":', /^The config file .*c[.]json is not JSON: /],
    ['', /^The config file .*c[.]json is not JSON: /],
    ['[]', /^The config file .*c[.]json is not a JSON object$/],
    ['null', /^The config file .*c[.]json is not a JSON object$/],
    ['{"thme":"dark"}', /^The config file .*c[.]json has an unknown setting "thme"$/],
    ['{"theme":"blue"}', /^theme in .*c[.]json is "blue"$/],
    ['{"theme":3}', /^theme in .*c[.]json is 3$/],
    ['{"dataDir":"~/asx"}', /^dataDir in .*c[.]json is "~\/asx"$/],
    ['{"accountUrl":3}', /^accountUrl in .*c[.]json is 3$/],
    ['{"eodhdUrl":"https://ann:secret@eodhd.com/api"}', /^eodhdUrl in .*c[.]json is "https:\/\/…@eodhd.com\/api"$/],
    ['{"__proto__":"x"}', /has an unknown setting "__proto__"$/],
  ])('%s is refused as bad data', (text, message) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ code: 'bad-file', message: expect.stringMatching(message) }),
    );
  });

  test('a refusal says the way out', () => {
    expect(() => read('{"thme":"dark"}')).toThrow(expect.objectContaining({ hint: 'Did you mean theme?' }));
    const allowed = 'It can be: auto, dark, light, safe, mono.';
    expect(() => read('{"theme":"blue"}')).toThrow(expect.objectContaining({ hint: allowed }));
  });
});

describe('settings', () => {
  test('are found by name; an unknown one is answered with the nearest', () => {
    expect(parseConfigKey('chart').default).toBe('braille');
    const hintOf = (name: string) => {
      try {
        return parseConfigKey(name).key;
      } catch (error) {
        expect(error).toMatchObject({ code: 'invalid-input', message: `There is no setting "${name}"` });
        return (error as { hint: string }).hint;
      }
    };
    expect(hintOf('datadir')).toBe('Did you mean dataDir?');
    expect(hintOf('eodhd-url')).toBe('Did you mean eodhdUrl?');
    expect(hintOf('zzzz')).toBe(`The settings are ${configKeys.map(({ key }) => key).join(', ')}.`);
  });

  test('changing one leaves the given file alone', () => {
    const before = { theme: 'dark' };
    expect(configWith(before, parseConfigKey('theme'), 'light')).toEqual({ theme: 'light' });
    expect(before).toEqual({ theme: 'dark' });
  });

  test('a value that is not allowed is bad input', () => {
    expect(() => configWith({}, parseConfigKey('theme'), 'pink')).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: 'theme is "pink"' }),
    );
  });

  test('every default is allowed', () => {
    for (const key of configKeys) expect(key.default === undefined || key.isAllowed(key.default)).toBe(true);
  });
});
