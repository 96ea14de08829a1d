import { describe, expect, it } from '@jest/globals';
import { Parser } from '@oclif/core';
import { durationFlag, sinceFlag, timeoutFlag } from './duration-flag.js';

const flags = { pause: durationFlag(), since: sinceFlag(), timeout: timeoutFlag('60s') };
const parse = async (...argv: string[]) => (await Parser.parse(argv, { flags })).flags;
const usage = (reason: RegExp) =>
  expect.objectContaining({ code: 'USAGE', facts: { reason: expect.stringMatching(reason) } });

describe('a flag that takes a duration', () => {
  it('returns milliseconds, and has a default', async () => {
    expect(await parse('--pause', '1h30m')).toEqual({ pause: 5_400_000, timeout: 60_000 });
    expect(await parse('--timeout=300')).toEqual({ timeout: 300_000 });
  });

  it.each(['0', '-1', '5x', '', '9'.repeat(30)])(
    'rejects "%s", names the flag and shows the formats',
    (text) =>
      expect(parse('--timeout', text)).rejects.toEqual(
        usage(/^--timeout must be a duration such as .*5m, 1h30m/),
      ),
  );

  it('rejects more than the maximum delay of a timer', () =>
    expect(parse('--timeout', '25d')).rejects.toEqual(usage(/^--timeout must be at most 24d/)));
});

describe('the flag --since', () => {
  it('returns milliseconds since 1970, for a duration ago or a time', async () => {
    const before = Date.now() - 600_000;
    const { since } = await parse('--since', '10m');
    expect(since! - before).toBeGreaterThanOrEqual(0);
    expect(Date.now() - 600_000).toBeGreaterThanOrEqual(since!);
    expect((await parse('--since', '2026-01-01T00:00:00Z')).since).toBe(Date.UTC(2026, 0));
  });

  it('rejects anything else', () =>
    expect(parse('--since', 'yesterday')).rejects.toEqual(
      usage(/^--since must be .*, or a time such as \d{4}-/),
    ));
});
