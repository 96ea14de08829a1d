import { X509Certificate } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { directories } from '../test-directory.fixture.js';
import { tlsOptions } from './tls-identity.js';

const directory = directories();
const NOW = Date.parse('2027-03-04T05:06:07Z');
const DAY_MS = 86_400_000;
const names = ['localhost', '127.0.0.1', '::1', 'fe80::12:3', 'kafka.test'];

describe('the certificate made for development', () => {
  const certificateIn = (place: string, at: Partial<{ names: string[]; now: number }> = {}) =>
    new X509Certificate(tlsOptions(undefined, { directory: place, names, now: NOW, ...at }).cert as string);

  it('is its own authority, for all names of the listeners', () => {
    const certificate = certificateIn(directory());
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.ca).toBe(true);
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkHost('kafka.test')).toBe('kafka.test');
    for (const ip of ['127.0.0.1', '::1', 'fe80::12:3']) expect(certificate.checkIP(ip)).toBe(ip);
    expect(certificate.checkHost('example.com')).toBeUndefined();
    expect(Date.parse(certificate.validFrom)).toBe(NOW - DAY_MS);
    expect(Date.parse(certificate.validTo)).toBe(NOW + 825 * DAY_MS);
  });

  it('stays the same until it expires or lacks a name', () => {
    const place = directory();
    const { fingerprint256 } = certificateIn(place);
    expect(certificateIn(place, { now: NOW + 800 * DAY_MS }).fingerprint256).toBe(fingerprint256);
    expect(certificateIn(place, { now: NOW + 825 * DAY_MS }).fingerprint256).not.toBe(fingerprint256);
    const other = certificateIn(place, { names: ['other.test'], now: NOW + 825 * DAY_MS });
    expect(other.checkHost('other.test')).toBe('other.test');
  });

  it('is private', () => {
    const place = join(directory(), 'tls');
    certificateIn(place);
    for (const file of readdirSync(place)) expect(statSync(join(place, file)).mode & 0o777).toBe(0o600);
  });

  it('is not made when there is another', () => {
    const place = join(directory(), 'tls');
    expect(tlsOptions({ cert: 'c', key: 'k', ca: 'a' }, { directory: place, names, now: NOW })).toMatchObject(
      {
        cert: 'c',
        key: 'k',
        ca: 'a',
        requestCert: true,
        rejectUnauthorized: true,
      },
    );
    expect(() => statSync(place)).toThrow('ENOENT');
  });
});
