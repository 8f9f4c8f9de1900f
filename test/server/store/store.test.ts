import { expect, test } from 'vitest';
import { loadOptional } from '../../../src/server/store/store.ts';

test('a package that is absent is named, with how to install it', async () => {
  const name = 'a-package-that-is-not-installed';
  await expect(loadOptional(() => import(name), name)).rejects.toMatchObject({
    code: 'unavailable',
    message: `asxos serve needs the package ${name}, which is not installed`,
    hint: `Run: npm install ${name}`,
  });
});

test('a package that fails for another reason fails as it does', async () => {
  const broken = new Error('broken');
  await expect(loadOptional(() => Promise.reject(broken), 'x')).rejects.toBe(broken);
});
