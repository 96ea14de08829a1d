import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { startScript } from './start-script.js';
import type { Example } from '../examples/example.js';

export interface Asset {
  readonly type: string;
  read(): Buffer | string;
}

const require = createRequire(import.meta.url);
const PACKAGES = ['graphiql', 'react', 'react-dom'];
const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';

/** The assets of the page by name, read from our own dependencies on request. */
export const assetsFor = (examples: readonly Example[]): ReadonlyMap<string, Asset> =>
  new Map([
    ['react.js', file('react', 'umd/react.production.min.js', SCRIPT)],
    ['react-dom.js', file('react-dom', 'umd/react-dom.production.min.js', SCRIPT)],
    ['graphiql.js', file('graphiql', 'graphiql.min.js', SCRIPT)],
    ['graphiql.css', file('graphiql', 'graphiql.min.css', STYLE)],
    ['start.js', { type: SCRIPT, read: () => startScript(examples) }],
  ]);

/** Changes whenever an asset does, so that browsers may cache assets forever. */
export function assetsVersion(examples: readonly Example[]): string {
  const hash = createHash('sha256').update(startScript(examples));
  for (const name of PACKAGES) hash.update((require(`${name}/package.json`) as { version: string }).version);
  return hash.digest('hex').slice(0, 12);
}

function file(packageName: string, path: string, type: string): Asset {
  const folder = dirname(require.resolve(`${packageName}/package.json`));
  return { type, read: () => readFileSync(join(folder, path)) };
}
