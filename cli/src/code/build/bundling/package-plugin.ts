import { relative } from 'node:path';
import { readText } from '../../../model/system/read-file.js';
import { withFileLocation } from './file-location.js';
import type { Plugin } from 'esbuild';

/**
 * Lets packages find their own files, and each other, in a bundle: a package that is loaded twice, inside and outside, is
 * not the same to `instanceof`.
 */
export const packagePlugin = (nodeModules: string): Plugin => ({
  name: 'packages',
  setup(build) {
    build.onLoad({ filter: /\.[cm]?js$/ }, ({ path }) => {
      const text = readText(path);
      const place = `__at(${JSON.stringify(relative(nodeModules, path))})`;
      const contents = withFileLocation(withStaticRequires(text), place);
      return contents === text ? undefined : { contents };
    });
  },
});

/** A bundler sees `require('x')`, but not `createRequire(import.meta.url)('x')`, which NestJS writes. */
const withStaticRequires = (text: string): string =>
  text.includes('createRequire')
    ? text.replace(/createRequire\(import\.meta\.url\)\((['"][^'"]+['"])\)/g, 'require($1)')
    : text;
