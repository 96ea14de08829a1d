import { build } from 'esbuild';
import { join } from 'node:path';

/** Bundles the engine from the current sources into a folder, as build.mjs does. */
export async function bundleEngine(folder: string): Promise<string> {
  const outfile = join(folder, 'engine.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, '../daemon/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    banner: { js: "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);" },
  });
  return outfile;
}
