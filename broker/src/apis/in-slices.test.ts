import { expect, it } from '@jest/globals';
import { inSlices } from './in-slices.js';

const busyFor = (ms: number): void => {
  for (const end = performance.now() + ms; performance.now() < end;);
};

it('lets other work be done in between, and keeps the order', async () => {
  let isDone = false;
  const others: boolean[] = [];
  setImmediate(() => others.push(isDone));
  const results = await inSlices([1, 2, 3, 4], (item) => {
    busyFor(15);
    return item * 2;
  });
  isDone = true;
  expect(results).toEqual([2, 4, 6, 8]);
  expect(others).toEqual([false]);
});
