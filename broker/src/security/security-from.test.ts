import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { directories } from '../test-directory.fixture.js';
import { securityFrom } from './security-from.js';

const directory = directories();
const parse = (values: Parameters<typeof securityFrom>[0], env: NodeJS.ProcessEnv = {}) =>
  securityFrom(values, { env, fail: (problem) => new Error(problem) });

describe('the options of listeners', () => {
  it('are a protocol and an address', () => {
    const listener = ['sasl_ssl://127.0.0.1:9095', 'SSL://[::1]:0', 'plaintext://kafka:1'];
    expect(parse({ listener }).listeners).toEqual([
      { protocol: 'sasl_ssl', host: '127.0.0.1', port: 9095 },
      { protocol: 'ssl', host: '::1', port: 0 },
      { protocol: 'plaintext', host: 'kafka', port: 1 },
    ]);
  });

  it.each(['127.0.0.1:9095', 'http://127.0.0.1:9095', 'ssl://127.0.0.1', 'ssl://:9095', 'ssl://a:70000'])(
    'do not accept %j',
    (text) => expect(() => parse({ listener: [text] })).toThrow(/^--listener must be PROTOCOL:/),
  );

  it('read users from a file or the environment', () => {
    const file = join(directory(), 'users');
    writeFileSync(file, '# development\n\napp:a:b\r\nother:x\n');
    expect(parse({ users: file }).security.users).toEqual(
      new Map([
        ['app', 'a:b'],
        ['other', 'x'],
      ]),
    );
    expect(parse({}, { MSX_BROKER_USERS: 'app:x' }).security.users).toEqual(new Map([['app', 'x']]));
    expect(parse({}).security.users).toBeUndefined();
  });

  it.each([
    ['secret', 'MSX_BROKER_USERS has a line 1 that is not user:password'],
    ['app:secret\napp:secret', 'MSX_BROKER_USERS has a second line for a user: line 2'],
    ['', 'MSX_BROKER_USERS has no users'],
  ])('refuse users without showing them: %j', (text, problem) => {
    expect(() => parse({}, { MSX_BROKER_USERS: text })).toThrow(new Error(problem));
  });

  it('refuse unknown mechanisms, half an identity, and files that are missing', () => {
    expect(parse({ 'sasl-mechanisms': 'plain, oauthbearer' }).security.mechanisms).toEqual([
      'PLAIN',
      'OAUTHBEARER',
    ]);
    expect(() => parse({ 'sasl-mechanisms': 'GSSAPI' })).toThrow(/OAUTHBEARER, not "GSSAPI"/);
    expect(() => parse({ 'tls-cert': import.meta.filename })).toThrow('needed together');
    expect(() => parse({ users: '/nowhere/users' })).toThrow('--users cannot be read: ENOENT');
  });
});
