import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { during } from './during.js';

describe('what takes a while', () => {
  let said: string;
  beforeEach(() => {
    said = '';
    jest.useFakeTimers();
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true));
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const lasting = (ms: number) => new Promise<string>((done) => setTimeout(() => done('the result'), ms));

  it('is said where there is no screen, once', async () => {
    const result = during('asking the broker', lasting(3_000));
    await jest.advanceTimersByTimeAsync(3_000);
    expect(await result).toBe('the result');
    expect(said).toBe('asking the broker…\n');
  });

  it('is not, when it is over before anybody wonders, or fails', async () => {
    const result = during('asking the broker', lasting(900));
    const failed = expect(during('failing', Promise.reject(new Error('no')))).rejects.toThrow('no');
    await jest.advanceTimersByTimeAsync(5_000);
    await Promise.all([result, failed]);
    expect(said).toBe('');
  });
});
