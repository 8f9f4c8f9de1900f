import { describe, expect, test } from 'vitest';
import { addressOf, network } from '../../src/server/client.ts';

describe('the address of a client', () => {
  test.each([
    ['no proxy of ours: what a client says of itself counts for nothing', '203.0.113.9', 0, '192.0.2.1'],
    ['one proxy', '203.0.113.9', 1, '203.0.113.9'],
    ['one proxy, and a client that made some up', '1.1.1.1, 203.0.113.9', 1, '203.0.113.9'],
    ['two proxies', '1.1.1.1, 203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
    ['more proxies than there are', '203.0.113.9', 5, '203.0.113.9'],
    ['no address', 'unknown, "x"', 1, '192.0.2.1'],
    ['none at all', undefined, 1, '192.0.2.1'],
  ])('%s', (_what, forwarded, hops, address) => {
    expect(addressOf('192.0.2.1', forwarded, hops)).toBe(address);
  });
});

describe('limits count by', () => {
  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s as %s', (address, expected) => {
    expect(network(address)).toBe(expected);
  });
});
