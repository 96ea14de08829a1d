import { expect, it, jest } from '@jest/globals';
import { jsonLines, textLines } from './log-line.js';

const written = (write: () => void): string => {
  const spy = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    write();
    return spy.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    spy.mockRestore();
  }
};

it('a log line is JSON for programs', () => {
  const line = written(() => jsonLines()('warn', 'careful', { topic: 'a' }));
  expect(JSON.parse(line)).toMatchObject({ level: 'warn', msg: 'careful', topic: 'a', service: 'kafka' });
});

it('a log line is text on a terminal', () => {
  const line = written(() => textLines()('warn', 'careful', { topic: 'a', partition: 0 }));
  expect(line).toMatch(/^\d\d:\d\d:\d\d warn: careful topic=a partition=0\n$/);
});

it.each([jsonLines, textLines])('lines below the threshold are not written', (lines) => {
  expect(written(() => lines('error')('warn', 'careful'))).toBe('');
});
