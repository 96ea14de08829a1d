import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseAddress } from './address.js';

const repository = resolve(import.meta.dirname, '../../../..');

describe('an address', () => {
  it('is parsed by identical files in packages that must not import each other', () => {
    const [first, ...others] = ['runtime/src/config', 'cli/src/model/system', 'broker/src'].map((folder) =>
      readFileSync(resolve(repository, folder, 'address.ts'), 'utf8'),
    );
    for (const other of others) expect(other).toBe(first);
  });

  it.each([
    ['localhost:1', 'localhost', 1],
    ['127.0.0.1:50051', '127.0.0.1', 50_051],
    ['user_service.shop.svc.:65535', 'user_service.shop.svc.', 65_535],
    ['[::1]:80', '::1', 80],
    ['[::ffff:127.0.0.1]:80', '::ffff:127.0.0.1', 80],
    ['dns:53', 'dns', 53],
  ])('may be %s', (text, host, port) => expect(parseAddress(text)).toEqual({ host, port }));

  it.each([
    ['', 'is empty'],
    ['a b:1', 'has a space'],
    ['localhost:1\n', 'has a space'],
    [':50051', 'has no host'],
    ['localhost', 'has no port'],
    ['localhost:', 'has no port'],
    ['[::1]', 'has no port'],
    ...['localhost:0', 'localhost:65536', 'localhost:99999', 'localhost:x', '[::1]:x', 'a:0x10', 'a:+1'].map(
      (text) => [text, 'has a port that is not a number from 1 to 65535'],
    ),
    ...['http://localhost:1', 'unix:/run/x.sock', 'unix:x.sock', 'dns:///localhost:1', 'localhost:1/x'].map(
      (text) => [text, 'has a scheme or a path; only host:port is supported'],
    ),
    ['::1:80', 'has more than one colon; an IPv6 address is written [::1]:50051'],
    ...['[x]:1', '[127.0.0.1]:1', '[]:1'].map((text) => [text, 'has no IPv6 address in its brackets']),
    ...['256.1.1.1:1', '1.2.3:1', '-a:1', 'a..b:1', 'a@b:1', 'ö:1', '[fe80::1%eth0]:1'].map((text) => [
      text,
      'has a host that is neither a name nor an IP address',
    ]),
    [`${'a'.repeat(300)}:1`, 'is too long'],
  ])('is not %j, which %s', (text, problem) => expect(parseAddress(text!)).toBe(problem));

  it('agrees with the host and port of a URL, for random inputs', () => {
    const label = fc.stringMatching(/^[a-z\d][a-z\d-]{0,8}$/);
    const host = fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((address) => `[${address}]`),
      label,
      fc.string(),
    );
    const port = fc.oneof(fc.integer({ min: -1, max: 70_000 }).map(String), fc.string({ maxLength: 3 }));
    const text = fc.oneof(
      fc.tuple(host, port).map((parts) => parts.join(':')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (each) => {
        const parsed = parseAddress(each);
        if (typeof parsed === 'string') return;
        const written = parsed.host.includes(':')
          ? `[${parsed.host}]:${parsed.port}`
          : `${parsed.host}:${parsed.port}`;
        expect(parseAddress(written)).toEqual(parsed);
        expect(Number(new URL(`x://${written}`).port)).toBe(parsed.port);
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.oneof(fc.domain(), fc.ipV4()), fc.integer({ min: 1, max: 65_535 }), (name, number) =>
        expect(parseAddress(`${name}:${number}`)).toEqual({ host: name, port: number }),
      ),
    );
  });
});
