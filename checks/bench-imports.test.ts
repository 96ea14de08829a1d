import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf } from './imports.fixture.js';

const root = join(import.meta.dirname, '..');

/** All files that a file imports, directly or indirectly. */
function reachedFrom(file: string, reached = new Set<string>()): Set<string> {
  reached.add(file);
  for (const target of importsOf(root, file)) if (!reached.has(target)) reachedFrom(target, reached);
  return reached;
}

/** Benchmarks run in a plain Node process, where Jest's globals do not exist. */
it('no benchmark imports Jest', () => {
  const benches = readdirSync(join(root, 'bench')).filter((file) => file.endsWith('.bench.ts'));
  const importsJest = (file: string) => readFileSync(join(root, file), 'utf8').includes("'@jest/globals'");
  expect(
    benches.flatMap((bench) =>
      [...reachedFrom(`bench/${bench}`)].filter(importsJest).map((file) => `${bench}: ${file}`),
    ),
  ).toEqual([]);
});
