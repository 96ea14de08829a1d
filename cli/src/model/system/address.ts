import { isIPv4, isIPv6 } from 'node:net';

/** A host and port. */
export interface Address {
  /** A name or an IP address; IPv6 without its brackets. */
  readonly host: string;
  /** From 1 to 65535. */
  readonly port: number;
}

const MAX_LENGTH = 253 + ':65535'.length;
/** The schemes of gRPC targets; each is also a valid host name when a port follows. */
const SCHEME = /^(unix|unix-abstract|dns|ipv4|ipv6|vsock|xds):(?!\d*$)/i;
/** RFC 1123, plus the underscore, which container names may contain. */
const LABEL = /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/i;

/**
 * Parses `host:port`, with IPv6 addresses in brackets (RFC 3986). For invalid text, returns the problem as the rest of
 * a sentence that begins with "it".
 *
 * Rooms that may not import each other each have a copy of this file; a test keeps them equal.
 */
export function parseAddress(text: string): Address | string {
  if (text === '') return 'is empty';
  if (text.length > MAX_LENGTH) return 'is too long';
  if (/\s/.test(text)) return 'has a space';
  if (text.includes('/') || SCHEME.test(text)) return 'has a scheme or a path; only host:port is supported';
  const bracketed = /^\[(.*)\](.*)$/.exec(text);
  if (bracketed)
    return isIPv6(bracketed[1]!)
      ? withPort(bracketed[1]!, bracketed[2]!)
      : 'has no IPv6 address in its brackets';
  const colon = text.indexOf(':');
  if (colon !== text.lastIndexOf(':'))
    return 'has more than one colon; an IPv6 address is written [::1]:50051';
  if (colon < 0) return 'has no port';
  return withPort(text.slice(0, colon), text.slice(colon));
}

function withPort(host: string, rest: string): Address | string {
  if (host === '') return 'has no host';
  if (rest === '' || rest === ':') return 'has no port';
  if (!/^:\d{1,5}$/.test(rest)) return 'has a port that is not a number from 1 to 65535';
  const port = Number(rest.slice(1));
  if (port < 1 || port > 65_535) return 'has a port that is not a number from 1 to 65535';
  return isHost(host) ? { host, port } : 'has a host that is neither a name nor an IP address';
}

function isHost(host: string): boolean {
  if (isIPv6(host)) return !host.includes('%');
  if (/^[\d.]+$/.test(host)) return isIPv4(host);
  return host
    .replace(/\.$/, '')
    .split('.')
    .every((label) => LABEL.test(label));
}
