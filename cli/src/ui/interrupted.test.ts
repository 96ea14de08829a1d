import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { getMaxListeners } from 'node:events';
import { execa } from 'execa';
import { interrupted } from './interrupted.js';

describe('Ctrl-C', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    process.removeAllListeners('SIGINT');
    process.removeAllListeners('SIGTERM');
  });

  /** When nothing that comes can be the same press any more. */
  const later = () => {
    const now = performance.now() + 100;
    jest.spyOn(performance, 'now').mockReturnValue(now);
  };

  it('ends as many as there are', () => {
    expect(getMaxListeners(interrupted())).toBe(Infinity);
  });

  it('is heard while a program runs, which is ended; only the second ends the process', async () => {
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    const ended = () => kill.mock.calls.filter(([pid]) => pid === process.pid);
    const cancelSignal = interrupted();
    const program = execa('sleep', ['60'], { cancelSignal, reject: false });
    process.emit('SIGINT', 'SIGINT');
    expect(await program).toMatchObject({ isCanceled: true });
    expect(ended()).toEqual([]);
    later();
    process.emit('SIGINT', 'SIGINT');
    expect(ended()).toEqual([[process.pid, 'SIGINT']]);
  });

  it('that npx passes on is the same one', () => {
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    const signal = interrupted();
    process.emit('SIGINT', 'SIGINT');
    process.emit('SIGINT', 'SIGINT');
    expect(signal.aborted).toBe(true);
    expect(kill).not.toHaveBeenCalled();
  });

  it('says at once what it ends; the second has it end at once, and even then ends the process', async () => {
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const atOnce = jest.fn(() => Promise.resolve());
    const signal = interrupted({ ending: () => 'ending all…', atOnce });
    process.emit('SIGINT', 'SIGINT');
    expect(signal.aborted).toBe(true);
    expect(write).toHaveBeenCalledWith('ending all… (Ctrl-C again: at once)\n');
    expect(atOnce).not.toHaveBeenCalled();
    const killed = new Promise((resolve) => kill.mockImplementation(() => (resolve(undefined), true)));
    later();
    process.emit('SIGINT', 'SIGINT');
    await killed;
    expect(atOnce).toHaveBeenCalledTimes(1);
  });

  it('goes on listening until what the second has it end has ended: others would end the process', async () => {
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    let finish = () => {};
    interrupted({ atOnce: () => new Promise<void>((resolve) => (finish = resolve)) });
    const listening = process.listenerCount('SIGINT');
    process.emit('SIGINT', 'SIGINT');
    later();
    process.emit('SIGINT', 'SIGINT');
    process.emit('SIGINT', 'SIGINT');
    expect([process.listenerCount('SIGINT'), kill.mock.calls]).toEqual([listening, []]);
    const killed = new Promise((resolve) => kill.mockImplementation(() => (resolve(undefined), true)));
    finish();
    await killed;
    expect(process.listenerCount('SIGINT')).toBe(listening - 1);
  });
});
