// Builds what a package needs besides the output of the compiler: the library for CommonJS, with its types, and the
// command as one file, which starts faster. Run after `tsc -b`.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

const root = import.meta.dirname;
const dist = join(root, 'dist');
const cjs = join(dist, 'cjs');

const options = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'error',
  minifySyntax: true,
  minifyWhitespace: true,
};

rmSync(cjs, { recursive: true, force: true });
await build({
  ...options,
  entryPoints: [join(root, 'src/index.ts')],
  outfile: join(cjs, 'index.cjs'),
  format: 'cjs',
  // A child process is started from the file next to this module in the output of the compiler.
  define: { 'import.meta.url': 'moduleUrl' },
  banner: {
    js: "const moduleUrl = require('node:url').pathToFileURL(require('node:path').join(__dirname, '../testing/index.js')).href;",
  },
});
await build({
  ...options,
  entryPoints: [join(root, 'src/main.ts')],
  outfile: join(dist, 'msx-broker.js'),
  format: 'esm',
});
copyTypes(join(dist, 'index.d.ts'));

/** Types are read as CommonJS only from files that are named so. */
function copyTypes(file, seen = new Set()) {
  if (seen.has(file)) return;
  seen.add(file);
  const text = readFileSync(file, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
  const imported = /(from |import\()'(\.{1,2}\/[^']+)\.js'/g;
  for (const [, , path] of text.matchAll(imported)) copyTypes(join(dirname(file), `${path}.d.ts`), seen);
  const copy = join(cjs, relative(dist, file)).replace(/\.d\.ts$/, '.d.cts');
  mkdirSync(dirname(copy), { recursive: true });
  writeFileSync(copy, text.replace(imported, "$1'$2.cjs'"));
}
