import { join } from 'node:path';

/** The program of a service as one file, relative to its folder. */
export const BUNDLE = 'dist/.bundle/main.mjs';

/** The same as the compiler wrote it. */
export const COMPILED = 'dist/main.js';

export const bundleFile = (folder: string): string => join(folder, BUNDLE);
