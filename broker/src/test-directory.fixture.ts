import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** Empty directories, deleted after the test file. */
export const directories = (): (() => string) => {
  const created: string[] = [];
  afterAll(() => {
    for (const path of created) rmSync(path, { recursive: true, force: true });
  });
  return () => {
    created.push(mkdtempSync(join(tmpdir(), 'broker-test-')));
    return created.at(-1)!;
  };
};
