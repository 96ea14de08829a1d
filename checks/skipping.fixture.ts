import { describe, it } from '@jest/globals';

/** The reason is listed at the end of a run: see scripts/skipped-tests.mjs, which fails a run that skips a test without one. */
const because = (title: string, reason: string) => `${title} (skipped: ${reason})`;

type Condition = boolean | string | undefined;

/** `describe` where the condition holds, and elsewhere `describe.skip` with a reason. */
export const describeWhere =
  (condition: Condition, reason: string) =>
  (title: string, tests: () => void): void =>
    condition ? describe(title, tests) : describe.skip(because(title, reason), tests);

/** `it` where the condition holds, and elsewhere `it.skip` with a reason. */
export const itWhere =
  (condition: Condition, reason: string) =>
  (title: string, test: () => void | Promise<void>, timeout?: number): void =>
    condition ? it(title, test, timeout) : it.skip(because(title, reason), test, timeout);
