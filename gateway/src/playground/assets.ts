import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { startScript } from './start-script.js';
import type { Example } from '../examples/example.js';

export interface Asset {
  readonly type: string;
  read(): Buffer | string;
}

const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';

/** The assets of the page by name, read on request. Each file is named in full, so that `msx pack` finds it. */
export const assetsFor = (examples: readonly Example[]): ReadonlyMap<string, Asset> =>
  new Map<string, Asset>([
    [
      'react.js',
      { type: SCRIPT, read: () => readFileSync(new URL('../../assets/react.js', import.meta.url)) },
    ],
    [
      'react-dom.js',
      { type: SCRIPT, read: () => readFileSync(new URL('../../assets/react-dom.js', import.meta.url)) },
    ],
    [
      'graphiql.js',
      { type: SCRIPT, read: () => readFileSync(new URL('../../assets/graphiql.js', import.meta.url)) },
    ],
    [
      'graphiql.css',
      { type: STYLE, read: () => readFileSync(new URL('../../assets/graphiql.css', import.meta.url)) },
    ],
    ['start.js', { type: SCRIPT, read: () => startScript(examples) }],
  ]);

/** Changes whenever an asset does, so that browsers may cache assets forever. */
export function assetsVersion(examples: readonly Example[]): string {
  const copied = readFileSync(new URL('../../assets/assets.json', import.meta.url));
  return createHash('sha256').update(copied).update(startScript(examples)).digest('hex').slice(0, 12);
}
