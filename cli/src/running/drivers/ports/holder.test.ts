import { describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import { holdersFromLsof, holdersOf } from './holder.js';
import { isHeld } from './is-held.js';
import type { AddressInfo } from 'node:net';

async function listening(host: string) {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const close = () => new Promise((closed) => server.close(closed));
  return { port: (server.address() as AddressInfo).port, close };
}

describe('the holder of a port', () => {
  it.each(['127.0.0.1', '0.0.0.0', '::', '::1'])('is found on %s', async (host) => {
    const { port, close } = await listening(host);
    expect(await isHeld(port)).toBe(true);
    expect(await holdersOf([port])).toMatchObject([
      { port, address: host, pid: process.pid, command: expect.stringContaining('node') },
    ]);
    await close();
    expect(await isHeld(port)).toBe(false);
    expect(await holdersOf([port])).toEqual([]);
  });

  it('is parsed from the output of lsof', () => {
    const output = 'p501\nLann\nf23\nn127.0.0.1:3000\nf24\nn[::1]:3000\np777\nLroot\nf9\nn*:50051\n';
    expect(holdersFromLsof(output)).toEqual([
      { port: 3000, address: '127.0.0.1', pid: 501, user: 'ann' },
      { port: 50051, address: '*', pid: 777, user: 'root' },
    ]);
  });
});
