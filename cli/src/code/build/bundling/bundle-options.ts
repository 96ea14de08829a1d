import { join } from 'node:path';
import { bundleFile } from './bundle-file.js';
import type { BuildOptions } from 'esbuild';

/** A bundle finds the modules that this Node would find without it, and its classes keep their names. */
export const AS_IN_NODE = {
  bundle: true,
  platform: 'node',
  target: `node${process.versions.node}`,
  // Node does not know the condition `module`, which is esbuild's default.
  conditions: [],
  // Frameworks print and compare the names of classes.
  keepNames: true,
  logLevel: 'silent',
} satisfies BuildOptions;

/** For own code, from what the compiler wrote for a service. */
export const ownCodeOptions = (folder: string) =>
  ({
    entryPoints: [join(folder, 'dist/main.js')],
    outfile: bundleFile(folder),
    absWorkingDir: folder,
    ...AS_IN_NODE,
    write: false,
    metafile: true,
    format: 'esm',
    sourcemap: 'linked',
    sourcesContent: false,
  }) satisfies BuildOptions;
