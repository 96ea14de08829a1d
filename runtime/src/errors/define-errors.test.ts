import { describe, expect, it } from '@jest/globals';
import { defineErrors } from './define-errors.js';
import { DomainError } from './domain-error.js';

const errors = defineErrors({
  BOOK_NOT_FOUND: { kind: 'not-found', when: 'No book has this id' },
  BOOK_LENT: { kind: 'precondition', when: 'Somebody has it' },
});

describe('defineErrors', () => {
  it('makes errors of the declared code and kind', () => {
    const cause = new Error('x');
    const error = errors.BOOK_LENT('Ann has it', { metadata: { until: 'May' }, cause });
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({
      ...{ reason: 'BOOK_LENT', message: 'Ann has it', kind: 'precondition', cause },
      metadata: { until: 'May' },
    });
    expect(errors.BOOK_NOT_FOUND('no book')).toMatchObject({ reason: 'BOOK_NOT_FOUND', metadata: {} });
  });

  it('lists the declared codes, and has no others', () => {
    expect(Object.entries(errors).map(([code, { kind, when }]) => [code, kind, when])).toEqual([
      ['BOOK_NOT_FOUND', 'not-found', 'No book has this id'],
      ['BOOK_LENT', 'precondition', 'Somebody has it'],
    ]);
    // @ts-expect-error -- the types name the codes
    expect(errors.BOOK_LOST).toBeUndefined();
  });
});
