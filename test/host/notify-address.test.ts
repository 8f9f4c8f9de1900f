import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressProblem, isPrivateAddress } from '../../src/host/notify-address.ts';

describe('an address', () => {
  it.each([
    ['127.0.0.1', '127.255.255.255', '0.0.0.0', '10.0.0.1', '10.255.255.255', '100.64.0.1', '169.254.169.254'],
    ['172.16.0.1', '172.31.255.255', '192.168.0.1', '192.0.2.1', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
    [
      '::1',
      '::',
      'fe80::1',
      'fe80::1%eth0',
      'fc00::1',
      'fd12:3456::1',
      'ff02::1',
      'fec0::1',
      '2001:db8::1',
      '2002:7f00:1::',
    ],
    [
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::ffff:10.0.0.1',
      '64:ff9b::c0a8:101',
      '64:ff9b:1::1',
      '::7f00:1',
      '2001::1',
    ],
    ['', 'localhost', '127.1', '1.2.3.4.5'],
  ])('of the own machine or network, or none at all: %s %s ...', (...addresses) => {
    expect(addresses.filter(address => !isPrivateAddress(address))).toEqual([]);
  });
  it('of the public internet', () => {
    const some = [
      '8.8.8.8',
      '1.1.1.1',
      '172.15.255.255',
      '172.32.0.1',
      '100.63.255.255',
      '100.128.0.0',
      '223.255.255.255',
    ];
    const six = ['2606:4700::1111', '2a00:1450:4001::200e', '::ffff:8.8.8.8', '64:ff9b::808:808'];
    expect([...some, ...six].filter(isPrivateAddress)).toEqual([]);
  });
  it('of IPv4 is the same inside one of IPv6', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(byte, byte, byte, byte, (a, b, c, d) => {
        const four = `${a}.${b}.${c}.${d}`;
        return isPrivateAddress(`::ffff:${four}`) === isPrivateAddress(four);
      }),
    );
  });
});

it('public ones are written to by https alone, private ones only where that is allowed', () => {
  const problem = (address: string, isSecure: boolean, allowPrivate: boolean) =>
    addressProblem(address, { isSecure, allowPrivate });
  expect(problem('8.8.8.8', true, false)).toBeUndefined();
  expect(problem('8.8.8.8', false, true)).toBe('it is http, which everybody on the way can read');
  expect(problem('127.0.0.1', true, false)).toBe('it is an address of your own machine or network');
  expect(problem('127.0.0.1', false, false)).toBe('it is an address of your own machine or network');
  expect(problem('127.0.0.1', false, true)).toBeUndefined();
});
