import { expect, test } from 'vitest';
import { refusalOf } from '../../src/http/refusal.ts';
import { openPasswords } from '../../src/server/passwords.ts';

const cheap = { memory: 64, passes: 1 };

test('a hash is Argon2id at the cost of OWASP, another each time, and matches its password alone', async () => {
  const passwords = await openPasswords({ newSecret: () => 'nobody knows' });
  const [one, two] = [await passwords.hash('correct horse'), await passwords.hash('correct horse')];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await passwords.matches(one, 'correct horse')).toBe(true);
  expect(await passwords.matches(one, 'correct hors')).toBe(false);
});

test('without a hash nothing matches, at the cost of one', async () => {
  let work = 0;
  const count = () => {
    work += 1;
  };
  const passwords = await openPasswords({ newSecret: () => 'nobody knows', cost: cheap, onWork: count });
  // Not even what the hash in its place was made of.
  expect(await passwords.matches(undefined, 'nobody knows')).toBe(false);
  expect(work).toBe(1);
});

test('of a flood, those beyond the line are told to come back, and the line moves on', async () => {
  const passwords = await openPasswords({ newSecret: () => 'nobody knows', cost: cheap });
  const all = await Promise.allSettled(Array.from({ length: 80 }, () => passwords.matches(undefined, 'x')));
  const refused = all.flatMap(each => (each.status === 'rejected' ? [refusalOf(each.reason)] : []));
  expect(refused).toHaveLength(16);
  expect(refused[0]).toMatchObject({ status: 503, headers: { 'Retry-After': '1' } });
  expect(await passwords.matches(undefined, 'x')).toBe(false);
});
