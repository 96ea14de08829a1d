import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { during } from './during.js';

describe('work that takes a while', () => {
  let output: string;
  beforeEach(() => {
    output = '';
    jest.useFakeTimers();
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((output += String(text)), true));
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const lasting = (ms: number) => new Promise<string>((done) => setTimeout(() => done('the result'), ms));

  it('is announced once without a terminal', async () => {
    const result = during('asking the broker', lasting(3_000));
    await jest.advanceTimersByTimeAsync(3_000);
    expect(await result).toBe('the result');
    expect(output).toBe('asking the broker…\n');
  });

  it('is not announced if it is over soon, or fails', async () => {
    const result = during('asking the broker', lasting(900));
    const failed = expect(during('failing', Promise.reject(new Error('no')))).rejects.toThrow('no');
    await jest.advanceTimersByTimeAsync(5_000);
    await Promise.all([result, failed]);
    expect(output).toBe('');
  });
});
