import { describe, expect, it } from '@jest/globals';
import { LOCAL_HOSTS, requireTrusted } from './trusted-hosts.js';

const forbidden = expect.objectContaining({ reason: 'FORBIDDEN', kind: 'forbidden' });

describe('requests', () => {
  it.each([
    [{ host: 'localhost:3000' }],
    [{ host: 'LOCALHOST.' }],
    [{ host: 'shop.localhost:3000' }],
    [{ host: '127.0.0.1:3000' }],
    [{ host: '[::1]:3000' }],
    [{ host: '10.1.2.3' }],
    [{}],
    [{ host: 'localhost:3000', origin: 'http://localhost:5173' }],
    [{ host: 'localhost:3000', origin: 'https://app.example' }],
  ])('with %j are accepted on a local machine', (headers) => {
    expect(() => requireTrusted(headers, LOCAL_HOSTS, ['https://app.example'])).not.toThrow();
  });

  it.each([
    [{ host: 'evil.example:3000' }],
    [{ host: 'localhost.evil.example' }],
    [{ host: '127.0.0.1.evil.example' }],
    [{ host: 'evil.example@localhost' }],
    [{ host: '' }],
    [{ host: 'localhost:3000', origin: 'http://evil.example' }],
    [{ host: 'localhost:3000', origin: 'null' }],
    [{ host: 'evil.example:3000', origin: 'http://evil.example:3000' }],
  ])('with %j are refused', (headers) => {
    expect(() => requireTrusted(headers, LOCAL_HOSTS, ['https://app.example'])).toThrow(forbidden);
  });

  it('are accepted for the configured names, or for all with *', () => {
    const named = { host: 'shop.example', origin: 'https://shop.example' };
    expect(() => requireTrusted(named, ['shop.example'])).not.toThrow();
    expect(() => requireTrusted({ host: 'evil.example' }, ['shop.example'])).toThrow(forbidden);
    expect(() => requireTrusted({ host: 'evil.example', origin: 'null' }, ['*'])).not.toThrow();
  });
});
