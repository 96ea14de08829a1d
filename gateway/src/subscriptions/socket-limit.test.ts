import { describe, expect, it } from '@jest/globals';
import { SocketLimit } from './socket-limit.js';

describe('the limit of open sockets', () => {
  it('applies per address, independently of others', () => {
    const limit = new SocketLimit({ total: 10, perAddress: 2 });
    const release = limit.acquire('192.0.2.1');
    expect([limit.acquire('192.0.2.1'), limit.acquire('192.0.2.1')]).toEqual([
      expect.any(Function),
      undefined,
    ]);
    expect(limit.acquire('192.0.2.2')).toBeDefined();
    release!();
    release!();
    expect([limit.acquire('::ffff:192.0.2.1'), limit.acquire('192.0.2.1')]).toEqual([
      expect.any(Function),
      undefined,
    ]);
  });

  it('applies in total', () => {
    const limit = new SocketLimit({ total: 2, perAddress: 2 });
    const release = limit.acquire('192.0.2.1');
    limit.acquire('192.0.2.2');
    expect(limit.acquire('192.0.2.3')).toBeUndefined();
    release!();
    expect(limit.acquire('192.0.2.3')).toBeDefined();
  });
});
