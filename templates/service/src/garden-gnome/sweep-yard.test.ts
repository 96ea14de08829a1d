// #file rpc refusing
import { describe, expect, it } from '@jest/globals';
import { sweepYard } from './sweep-yard.js';

describe('sweepYard', () => {
  it('is not implemented yet', async () => {
    const answer = sweepYard({
      // #each field
      // #case string|id
      hatColour: 'hatColour',
      // #case int
      beardLength: 7,
      // #case float
      bodyWeight: 2.5,
      // #case bool
      wellPainted: true,
      // #case datetime
      madeAt: new Date('2026-01-02T03:04:05.678Z'),
      // #case example
      ownerId: 'ownerId',
      soldAt: new Date('2026-02-03T04:05:06.789Z'),
      wideAwake: true,
      // #end
    });
    await expect(answer).rejects.toMatchObject({ reason: 'NOT_IMPLEMENTED' });
  });
});
