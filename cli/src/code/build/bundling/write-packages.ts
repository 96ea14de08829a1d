import { writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { AS_IN_NODE } from './bundle-options.js';
import { PARAMETERS } from './load-packages.js';
import { packagePlugin } from './package-plugin.js';
import type { BuildFailure, BuildOptions } from 'esbuild';
import type { ModuleFormat } from './bundle-manifest.js';
import type { InstalledPackages } from './installed-packages.js';

/** The format of each module, and all files that are in the bundle. */
interface Written {
  formats: ModuleFormat[];
  files: string[];
}

/**
 * Writes modules, given by their paths in `node_modules`, and everything they import, as one function; packages with a
 * native part are left outside.
 */
export async function writePackages(
  modules: readonly string[],
  installed: InstalledPackages,
  outfile: string,
): Promise<Written> {
  const { natives } = installed;
  const load = (path: string) =>
    natives.some((name) => path.startsWith(`${name}/`))
      ? `require(__at(${JSON.stringify(path)}).filename)`
      : `require(${JSON.stringify(`./${path}`)})`;
  const contents = `module.exports = [${modules.map((path) => `() => ${load(path)}`).join(',\n')}];`;
  const { metafile, outputFiles } = await buildLeavingOut([...natives, ...installed.missing], {
    ...OPTIONS,
    stdin: { contents, resolveDir: installed.folder },
    absWorkingDir: installed.folder,
    plugins: [packagePlugin(installed.folder)],
  });
  writeFileSync(outfile, asLatin1(withTellingClasses(outputFiles![0]!.text)), 'latin1');
  const { inputs } = metafile!;
  return {
    formats: modules.map((path) => (inputs[path]?.format === 'esm' ? 'esm' : 'cjs')),
    files: Object.keys(inputs).filter((path) => path !== '<stdin>'),
  };
}

/**
 * V8 needs half the memory for a text of Latin-1 alone, as which a bundle is read. esbuild escapes other characters
 * in strings and names, but not in regular expressions, where the same escapes are valid.
 */
const asLatin1 = (text: string): string =>
  text.replace(/[^\0-\xff]/gu, (character) =>
    [...Array(character.length).keys()].map((n) => escapeOf(character.charCodeAt(n))).join(''),
  );

const escapeOf = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/** Packages tell a class from a function by its text, which starts with `class` and a space. */
const withTellingClasses = (text: string): string =>
  text.replace(/(?<=[=(,:?&|>[]|\b(?:new|return|extends) )class\{/g, 'class {');

/** A package may try to load others that it does not name in its manifest: those that are not installed are left out. */
async function buildLeavingOut(external: string[], options: BuildOptions) {
  try {
    return await build({ ...options, external });
  } catch (error) {
    const { errors = [] } = error as BuildFailure;
    const unknown = errors.map(({ text }) => /^Could not resolve "([^"]+)"/.exec(text)?.[1]);
    if (unknown.length === 0 || unknown.includes(undefined)) throw error;
    return build({ ...options, external: [...external, ...(unknown as string[])] });
  }
}

/** Node prints the whole line of an error that nothing catches. */
const LINE_LENGTH = 160;

const OPTIONS: BuildOptions = {
  ...AS_IN_NODE,
  format: 'cjs',
  legalComments: 'none',
  // Each process that runs from a bundle holds its text.
  minifyWhitespace: true,
  lineLimit: LINE_LENGTH,
  metafile: true,
  write: false,
  banner: { js: `(function (${PARAMETERS.join(', ')}) {` },
  footer: { js: '})' },
};
