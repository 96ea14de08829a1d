import { setImmediate } from 'node:timers/promises';

/** After this long, other clients are answered before the work goes on. */
const SLICE_MS = 10;

/** Maps items one after another, and lets other clients be answered while that takes long. */
export const inSlices = async <T, R>(
  items: readonly T[],
  work: (item: T) => R | Promise<R>,
): Promise<R[]> => {
  const results: R[] = [];
  let sliceEnds = performance.now() + SLICE_MS;
  for (const item of items) {
    if (performance.now() > sliceEnds) {
      await setImmediate();
      sliceEnds = performance.now() + SLICE_MS;
    }
    const result = work(item);
    results.push(result instanceof Promise ? await result : result);
  }
  return results;
};
