import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A package that Jest brings along: what one of its own packages, in turn, depends on. */
export function jestPackage(owner, name) {
  const from = ['jest', '@jest/core', owner].reduce(
    (require, each) => createRequire(require.resolve(`${each}/package.json`)),
    createRequire(join(process.cwd(), 'package.json')),
  );
  return from(name);
}
