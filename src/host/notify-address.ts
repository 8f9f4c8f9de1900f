/**
 * Which addresses a webhook may be sent to. Public ones by https; those of one's own machine and network (RFC 1918, 4193,
 * 6598, 3927, and all others that are not global by the IANA registries, RFC 6890) only where the owner allows it, and
 * then by http too. An address of IPv4 inside one of IPv6 (mapped, or NAT64) is judged as the former.
 */
import { BlockList, isIP, isIPv4 } from 'node:net';

const private4 = new BlockList();
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  private4.addSubnet(address, bits, 'ipv4');
}

/** Of what is global unicast: Teredo and its neighbours, documentation, 6to4. */
const special6 = new BlockList();
for (const [address, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  special6.addSubnet(address, bits, 'ipv6');
}
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/** `::ffff:192.168.1.1` and `64:ff9b::c0a8:101` as `192.168.1.1`. */
function embedded4(address: string): string | undefined {
  const written = new URL(`http://[${address}]/`).hostname;
  const match = /^\[(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(written);
  if (match === null) return undefined;
  const [high, low] = [Number.parseInt(match[1] ?? '', 16), Number.parseInt(match[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Not of the public internet; so is what is no address, or is bound to an interface. */
export function isPrivateAddress(address: string): boolean {
  if (isIPv4(address)) return private4.check(address, 'ipv4');
  if (isIP(address) === 0 || address.includes('%')) return true;
  const inner = embedded4(address);
  if (inner !== undefined) return private4.check(inner, 'ipv4');
  return !global6.check(address, 'ipv6') || special6.check(address, 'ipv6');
}

export type Admission = { readonly isSecure: boolean; readonly allowPrivate: boolean };

/** Why nothing is sent to this address; undefined where it may be. */
export function addressProblem(address: string, { isSecure, allowPrivate }: Admission): string | undefined {
  if (isPrivateAddress(address)) {
    return allowPrivate ? undefined : 'it is an address of your own machine or network';
  }
  return isSecure ? undefined : 'it is http, which everybody on the way can read';
}
