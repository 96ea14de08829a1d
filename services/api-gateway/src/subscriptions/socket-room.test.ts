import { describe, expect, it } from '@jest/globals';
import { SocketRoom } from './socket-room.js';

describe('the room for sockets', () => {
  it('is bounded for each address, whatever others take', () => {
    const room = new SocketRoom({ total: 10, perAddress: 2 });
    const leave = room.enter('192.0.2.1');
    expect([room.enter('192.0.2.1'), room.enter('192.0.2.1')]).toEqual([expect.any(Function), undefined]);
    expect(room.enter('192.0.2.2')).toBeDefined();
    leave!();
    leave!();
    expect([room.enter('::ffff:192.0.2.1'), room.enter('192.0.2.1')]).toEqual([
      expect.any(Function),
      undefined,
    ]);
  });

  it('is bounded in all', () => {
    const room = new SocketRoom({ total: 2, perAddress: 2 });
    const leave = room.enter('192.0.2.1');
    room.enter('192.0.2.2');
    expect(room.enter('192.0.2.3')).toBeUndefined();
    leave!();
    expect(room.enter('192.0.2.3')).toBeDefined();
  });
});
