import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseDuration, parseTime } from './duration.js';

describe('a duration', () => {
  it.each([
    ['300', 300_000],
    ['300s', 300_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['500ms', 500],
    ['1m500ms', 60_500],
    ['1d', 86_400_000],
    ['0.5', 500],
    ['08', 8_000],
  ])('can be %s', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(
    [
      '',
      ' ',
      '0',
      '0s',
      '0.0001ms',
      '-1',
      '-5m',
      '+5m',
      '5 m',
      '5M',
      '5min',
      'm',
      '1e3',
      '0x10',
      'Infinity',
    ].map((text) => [text]),
  )('cannot be "%s"', (text) => expect(parseDuration(text)).toBeUndefined());

  it.each([['9'.repeat(20)], ['9'.repeat(400)], ['999999999999d'], ['5m\n'], ['٣s'], ['1.s'], ['.5s']])(
    'cannot be %j',
    (text) => expect(parseDuration(text)).toBeUndefined(),
  );

  it('is the sum of its parts', () => {
    const part = fc.tuple(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom('ms', 's', 'm', 'h', 'd'));
    fc.assert(
      fc.property(part, part, ([a, one], [b, other]) => {
        const sum = parseDuration(`${a}${one}`)! + parseDuration(`${b}${other}`)!;
        expect(parseDuration(`${a}${one}${b}${other}`)).toBe(sum);
      }),
    );
  });
});

describe('a time', () => {
  const now = Date.parse('2026-01-02T00:00:00Z');

  it.each([
    ['10m', now - 600_000],
    ['90', now - 90_000],
    ['1h30m', now - 5_400_000],
    ['2026-01-01', Date.parse('2026-01-01')],
    ['2026-01-01T12:00:00.5Z', Date.parse('2026-01-01T12:00:00.5Z')],
    ['2026-01-01T12:00+02:00', Date.parse('2026-01-01T10:00Z')],
  ])('can be %s', (text, time) => expect(parseTime(text, now)).toBe(time));

  it.each([['yesterday'], ['foo 1'], ['2026-13-01'], ['2026-1'], ['-5m'], ['99999d'], ['2026-01-01 12:00']])(
    'cannot be "%s"',
    (text) => expect(parseTime(text, now)).toBeUndefined(),
  );
});
