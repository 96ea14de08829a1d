import { expect, it } from '@jest/globals';
import { Ansis } from 'ansis';
import type { LetterDescription } from '../../inspection/dead-letters/describe-letters.js';
import { letterReport } from './letter-report.js';

const letter: LetterDescription = {
  id: '0:4',
  place: { topic: 'order.created.product-service.dlq', partition: 0, offset: 4 },
  ...{ group: 'product-service', key: null, diedAt: 0, deaths: 1, cut: [], headers: [], value: '{}' },
  code: 'OUT_OF_STOCK',
  message: 'there is less in stock than all of these items together would need',
  stack: 'Error: too little\n    at reserve (/services/product-service/src/reservation.ts:81:11)',
};

it('folds long lines beside their labels', () => {
  const lines = letterReport(letter, { colours: new Ansis(0), columns: 50 }).split('\n');
  const error = lines.findIndex((line) => line.startsWith('  error'));
  expect(lines.slice(error, error + 3)).toEqual([
    '  error     OUT_OF_STOCK: there is less in stock',
    '            than all of these items together would',
    '            need',
  ]);
  const stack = lines.findIndex((line) => line.startsWith('  stack'));
  expect(lines.slice(stack, stack + 3)).toEqual([
    '  stack     Error: too little',
    '            at reserve',
    '            (/services/product-service/src/reservation.ts:81:11)',
  ]);
});
