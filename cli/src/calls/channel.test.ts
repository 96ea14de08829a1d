import { describe, expect, it } from '@jest/globals';
import { checkedAddress } from './channel.js';

describe('an address', () => {
  it.each(['localhost:1', '127.0.0.1:50051', 'user-service.shop.svc:65535', '[::1]:80'])(
    'is %s',
    (address) => {
      expect(checkedAddress(address)).toBe(address);
    },
  );

  it.each([
    '',
    'localhost',
    ':1',
    'localhost:',
    'localhost:x',
    'a b:1',
    'localhost:0',
    'localhost:65536',
    '::1:80',
  ])('is not %j', (address) => {
    expect(() => checkedAddress(address)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  it.each(['http://localhost:1', 'localhost:1/x', '[x]:1', '-1'])('is not %j either', (address) => {
    expect(() => checkedAddress(address)).toThrow(/--address must be host:port/);
  });
});
