import { isIP, isIPv4 } from 'node:net';
import type { Format } from './formats';

export const ipAddress: Format = text => {
  if (/^[0-9.]+$/.test(text) && /(^|\.)0\d/.test(text)) {
    return ['must not have leading 0s'];
  }
  return isIP(text) === 0 || text.includes('%')
    ? ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']
    : [];
};

export const cidr: Format = text => {
  const block = parseCidr(text.replace(/(^|[./])0+(?=\d)/g, '$1'));
  if (!block) {
    return ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'];
  }
  return [
    ...(/(^|[./])0\d/.test(text) && !text.includes(':')
      ? ['must not have leading 0s in IP or prefix length']
      : []),
    ...(block.address !== block.network
      ? ['must not have bits set beyond the prefix length']
      : []),
  ];
};

interface Block {
  family: 4 | 6;
  address: bigint;
  /** The address without the bits beyond the prefix. */
  network: bigint;
  prefix: number;
}

/** Returns true if a block contains another one and more. */
export function isStrictSubset(inner: string, outer: string): boolean {
  const [one, other] = [parseCidr(inner), parseCidr(outer)];
  return (
    one !== undefined &&
    other !== undefined &&
    one.family === other.family &&
    one.prefix > other.prefix &&
    networkOf(one.address, other.prefix, one.family) === other.network
  );
}

function parseCidr(text: string): Block | undefined {
  const [ip, prefixText, ...rest] = text.split('/');
  const prefix = Number(prefixText);
  const family = isIP(ip);
  const isValid =
    rest.length === 0 &&
    (family === 4 || family === 6) &&
    /^\d+$/.test(prefixText ?? '') &&
    prefix <= (family === 4 ? 32 : 128);
  if (!isValid) {
    return undefined;
  }
  const address = isIPv4(ip) ? numberOfV4(ip) : numberOfV6(ip);
  return {
    family,
    address,
    prefix,
    network: networkOf(address, prefix, family),
  };
}

function networkOf(address: bigint, prefix: number, family: 4 | 6): bigint {
  const host = BigInt((family === 4 ? 32 : 128) - prefix);
  return (address >> host) << host;
}

function numberOfV4(ip: string): bigint {
  return ip.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function numberOfV6(ip: string): bigint {
  const canonical = new URL(`http://[${ip}]`).hostname.slice(1, -1);
  const [head, tail] = canonical
    .split('::')
    .map(part => part.split(':').filter(group => group !== ''));
  const groups = [
    ...head,
    ...Array(tail ? 8 - head.length - tail.length : 0).fill('0'),
    ...(tail ?? []),
  ];
  return groups.reduce(
    (sum: bigint, group: string) => sum * 65536n + BigInt(`0x${group}`),
    0n,
  );
}
