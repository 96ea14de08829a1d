import { expect, it } from '@jest/globals';
import { DomainError } from '../errors/domain-error.js';
import { checkRow, MAX_ROW_BYTES } from './row.js';

it('a row has a size limit in bytes, and the error names its largest field', () => {
  const third = 'x'.repeat(MAX_ROW_BYTES / 3 - 100);
  expect(() => checkRow({ id: '1', towns: [third, third], others: [third] })).not.toThrow();
  const euros = '€'.repeat(MAX_ROW_BYTES / 3);
  const attempt = (): unknown => {
    try {
      return checkRow({ id: '1', name: third, towns: [euros] });
    } catch (error) {
      return error;
    }
  };
  expect(attempt()).toBeInstanceOf(DomainError);
  expect(attempt()).toMatchObject({
    reason: 'VALIDATION_FAILED',
    message: expect.stringMatching(/^towns makes this \d+ bytes large; all fields together may have 163840$/),
  });
});
