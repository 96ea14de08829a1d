import { describe, expect, it } from '@jest/globals';
import { Parser } from '@oclif/core';
import { addressFlag, urlFlag } from './checked-flags.js';

const parse = async (argv: string[]) =>
  (await Parser.parse(argv, { flags: { address: addressFlag(), url: urlFlag() } })).flags;

describe('an address', () => {
  it.each(['localhost:1', '127.0.0.1:50051', 'user-service.shop.svc:65535', '[::1]:80'])(
    'is %s',
    async (address) => expect(await parse(['--address', address])).toMatchObject({ address }),
  );

  it.each([
    ...['', 'localhost', ':1', 'localhost:', 'localhost:x', 'a b:1', 'localhost:0', 'localhost:65536'],
    ...['::1:80', 'http://localhost:1', 'localhost:1/x', '[x]:1', 'unix:/x.sock', 'dns:///a:1', '1.2.3:1'],
  ])('is not %j', (address) =>
    expect(parse([`--address=${address}`])).rejects.toMatchObject({
      code: 'USAGE',
      facts: { reason: expect.stringMatching(/^--address must be host:port/) },
    }),
  );
});

describe('a URL', () => {
  it.each(['http://localhost:3000/graphql', 'https://shop.example.com'])('is %s', async (url) =>
    expect(await parse(['--url', url])).toMatchObject({ url }),
  );

  it.each(['', 'localhost:3000', 'ftp://localhost', 'http://ann:secret@localhost', 'http://localhost:0'])(
    'is not %j',
    (url) => expect(parse([`--url=${url}`])).rejects.toMatchObject({ code: 'USAGE' }),
  );
});
