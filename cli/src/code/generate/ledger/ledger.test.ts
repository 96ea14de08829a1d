import { expect, it } from '@jest/globals';
import { emptyLedger, ledgerText, parseLedger } from './ledger.js';

it('is read as it was written, and empty when it does not exist', () => {
  expect(parseLedger(ledgerText(emptyLedger))).toEqual(emptyLedger);
  expect(parseLedger(undefined)).toEqual(emptyLedger);
});

it.each([
  '{',
  'null',
  '[]',
  '{"version":2,"slices":{},"files":{}}',
  '{"version":1}',
  '{"version":1,"slices":{"system":null},"files":{}}',
  '{"version":1,"slices":{},"files":{"README.md":5}}',
])('is not %s', (text) => {
  expect(() => parseLedger(text)).toThrow(expect.objectContaining({ code: 'LEDGER_INVALID' }));
});
