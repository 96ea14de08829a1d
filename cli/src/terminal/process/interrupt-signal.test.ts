import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { getMaxListeners } from 'node:events';
import { execa } from 'execa';
import { interruptSignal } from './interrupt-signal.js';

describe('Ctrl-C', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    process.removeAllListeners('SIGINT');
    process.removeAllListeners('SIGTERM');
  });

  /** Moves the clock beyond the time in which a signal counts as the same key press. */
  const later = () => {
    const now = performance.now() + 100;
    jest.spyOn(performance, 'now').mockReturnValue(now);
  };

  it('allows any number of listeners', () => {
    expect(getMaxListeners(interruptSignal())).toBe(Infinity);
  });

  it('terminates a running program; only the second one ends the process', async () => {
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    const ended = () => kill.mock.calls.filter(([pid]) => pid === process.pid);
    const cancelSignal = interruptSignal();
    const program = execa('sleep', ['60'], { cancelSignal, reject: false });
    process.emit('SIGINT', 'SIGINT');
    expect(await program).toMatchObject({ isCanceled: true });
    expect(ended()).toEqual([]);
    later();
    process.emit('SIGINT', 'SIGINT');
    expect(ended()).toEqual([[process.pid, 'SIGINT']]);
  });

  it('that npx passes on counts once', () => {
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    const signal = interruptSignal();
    process.emit('SIGINT', 'SIGINT');
    process.emit('SIGINT', 'SIGINT');
    expect(signal.aborted).toBe(true);
    expect(kill).not.toHaveBeenCalled();
  });

  it('prints at once what is being stopped; the second one stops it at once, and then ends the process', async () => {
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const force = jest.fn(() => Promise.resolve());
    const signal = interruptSignal({ notice: () => 'stopping all…', force });
    process.emit('SIGINT', 'SIGINT');
    expect(signal.aborted).toBe(true);
    expect(write).toHaveBeenCalledWith('stopping all… (Ctrl-C again: at once)\n');
    expect(force).not.toHaveBeenCalled();
    const killed = new Promise((resolve) => kill.mockImplementation(() => (resolve(undefined), true)));
    later();
    process.emit('SIGINT', 'SIGINT');
    await killed;
    expect(force).toHaveBeenCalledTimes(1);
  });

  it('keeps listening until the forced stop has finished: other listeners would end the process', async () => {
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    let finish = () => {};
    interruptSignal({ force: () => new Promise<void>((resolve) => (finish = resolve)) });
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
