import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readText } from './read-file.js';

/** A file that is generated from msx.yaml and not edited by hand. */
export interface Projection {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
}

/** The projections whose files are missing or outdated. */
export function staleAmong(projections: readonly Projection[], root: string): Projection[] {
  return projections.filter(({ path, text }) => {
    const file = join(root, path);
    return !existsSync(file) || readText(file) !== text;
  });
}

export function writeProjection({ path, text }: Projection, root: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
