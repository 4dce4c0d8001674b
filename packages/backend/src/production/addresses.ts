import { BlockList, isIP } from 'node:net';
import type { Leaf } from './leaves';

/** Values that are addresses of this process, or no addresses. */
const EXEMPT = [
  /^backend\.listen(\.|$)/,
  /^backend\.csp\./,
  /^backend\.trustProxy/,
  /^backend\.rateLimit\.ipAllowList/,
  /^app\.extensions/,
];

/** Characters that parsers of URLs drop: white space at the ends, tabs and ends of lines within, and characters without a width. */
const DROPPED =
  /^[\s\p{Cc}]+|[\s\p{Cc}]+$|[\t\r\n]|\p{Default_Ignorable_Code_Point}/gu;

/** A scheme, also as browsers and Node.js read it: with one slash, none, or those of Windows. */
const SCHEME = /^([a-z][a-z0-9+.-]*:\/\/|https?:[\\/]*)/i;

const LOOPBACK_NAME =
  /^(localhost|.+\.localhost|localhost\.localdomain|host\.docker\.internal)$/;

/** Reserved for documentation: RFC 2606. */
const SAMPLE_NAME = /(^|\.)example(\.(com|net|org))?$/;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('0.0.0.0');
loopback.addAddress('::1', 'ipv6');
loopback.addAddress('::', 'ipv6');

/** Finds addresses of a sandbox, of this machine and of documentation, and transport without TLS. */
export function findAddressProblems(leaves: Leaf[]): string[] {
  return leaves.flatMap(({ path, value }) => {
    if (typeof value !== 'string' || EXEMPT.some(each => each.test(path))) {
      return [];
    }
    const address = value.replace(DROPPED, '');
    const host = hostOf(address);
    if (host === undefined) {
      return [];
    }
    if (isLoopback(host)) {
      return [
        `${path}: ${host} is this machine, as in the sandbox. Set the address of the real system, or null if you do not have one.`,
      ];
    }
    if (SAMPLE_NAME.test(host)) {
      return [
        `${path}: ${host} is a name for examples. Set your own, or null if you do not have one.`,
      ];
    }
    if (/^http:/i.test(address)) {
      return [
        `${path}: http:// sends tokens and data unencrypted. Set an https:// address.`,
      ];
    }
    return address !== value && SCHEME.test(address)
      ? [
          `${path}: the address has white space or invisible characters. Remove them.`,
        ]
      : [];
  });
}

function isLoopback(host: string): boolean {
  const family = isIP(host);
  return family === 0
    ? LOOPBACK_NAME.test(host)
    : loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

/** Host of a URL, of an email address, or of `host:port`. */
function hostOf(address: string): string | undefined {
  const text = address.toLowerCase();
  // Texts, ports and counts are no addresses.
  if (/\s|^\d+$/.test(text)) {
    return undefined;
  }
  // Bundles every spelling of an address: the parser turns `https://2130706433` into 127.0.0.1.
  const url = `https://${text.replace(SCHEME, '')}`;
  if (!URL.canParse(url)) {
    return undefined;
  }
  return new URL(url).hostname.replace(/^\[|\]$|\.$/g, '');
}
