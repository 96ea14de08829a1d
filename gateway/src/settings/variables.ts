import { isIP } from 'node:net';
import type { Variable } from '@msx/runtime';
import type { Quota } from './quota.js';

const PROXY_NAMES = new Set(['loopback', 'linklocal', 'uniquelocal']);

export function wholeNumber(min: number, max: number): Variable<number> {
  return {
    expects: `a whole number from ${min} to ${max}`,
    read: (text) => {
      const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
      return value >= min && value <= max ? value : undefined;
    },
  };
}

export function oneOf<T extends string>(names: readonly T[]): Variable<T> {
  return { expects: `one of ${names.join(', ')}`, read: (text) => names.find((name) => name === text) };
}

/** `6000/60`: requests per seconds. */
export const quota: Variable<Quota | 'off'> = {
  expects: 'requests/seconds such as 6000/60, or off',
  read: (text) => {
    if (text === 'off') return text;
    const [, limit, window] = /^([1-9]\d{0,8})\/([1-9]\d{0,5})$/.exec(text) ?? [];
    return limit && window ? { limit: Number(limit), window: Number(window) } : undefined;
  },
};

/** Origins as browsers send them (RFC 6454, 6.2): scheme, host and port, and nothing else. */
export const browserOrigins: Variable<string[]> = {
  expects: 'origins such as https://shop.example, separated by commas, or *',
  read: (text) => list(text, (item) => item === '*' || (URL.canParse(item) && new URL(item).origin === item)),
};

/** Addresses or blocks, never a number of hops: that cannot tell a proxy from a client that sends the header itself. */
export const trustedProxies: Variable<string[]> = {
  expects: 'addresses or blocks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, separated by commas',
  read: (text) => list(text, (item) => PROXY_NAMES.has(item) || isBlock(item)),
};

/** Secret, since it may contain a password. */
export const redisUrl: Variable<string> = {
  expects: 'a URL such as redis://localhost:6379, or rediss://user:password@host:6379/0 for TLS',
  secret: true,
  read: (text) => (/^rediss?:\/\/[^/]/.test(text) && URL.canParse(text) ? text : undefined),
};

function isBlock(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  const family = isIP(address!);
  if (!family || rest.length) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function list(text: string, isItem: (item: string) => boolean): string[] | undefined {
  const items = text.split(',').map((item) => item.trim());
  return items.every(isItem) ? items : undefined;
}
