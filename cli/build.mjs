/**
 * Bundles the CLI, the engine and the broker into dist/, split into chunks, so that each command loads only what it
 * needs. Every file is replaced as a whole and the stamp is written last: msx may be running, or another build.
 */
const { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } =
  process.getBuiltinModule('node:fs');
const { dirname, join, relative } = process.getBuiltinModule('node:path');
const { builtinModules, createRequire } = process.getBuiltinModule('node:module');

const require = createRequire(import.meta.url);
const root = import.meta.dirname;
const dist = join(root, 'dist');
const stamp = join(dist, '.built');
const brokerMain = join(root, '../broker/src/main.ts');
const boundLog = join(root, 'src/running/broker/bound-own-log.ts');
const bundling = join(root, 'src/code/build/bundling');
const secretsMain = join(root, 'src/shipping/kubernetes/secrets/main.ts');
/** Marks a program without imports and exports as an ES module, which its file name does not. */
const MODULE = 'export {};';
const KEEP_OLD_CHUNKS_MS = 60 * 60 * 1000;

export async function buildIfStale() {
  const sources = signature();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  try {
    await build(sources);
  } catch ({ message }) {
    console.error(`error: msx could not be built: ${message}\n→ Install its packages again: npm ci`);
    process.exit(1);
  }
}

export async function build(sources = signature()) {
  const [esbuild, { mismatchedPackages }] = await Promise.all([
    import('esbuild'),
    import('./bundled-packages.mjs'),
  ]);
  const results = await Promise.all([
    esbuild.build({ ...inChunks, plugins: [nativeModules, leanOclif], entryPoints: cliEntries() }),
    ...FREQUENT.map((name) => esbuild.build(frequentBuild(name))),
    existsSync(brokerMain) &&
      esbuild.build({ ...options, plugins: [namedImports], entryPoints: { broker: brokerMain } }),
    esbuild.build({
      ...options,
      plugins: [],
      banner: {},
      entryPoints: ['load-packages', 'warm-packages'].map((name) => join(bundling, `${name}.ts`)),
    }),
    existsSync(boundLog) && esbuild.build({ ...options, plugins: [], entryPoints: [boundLog] }),
    existsSync(secretsMain) &&
      esbuild.build({ ...options, entryPoints: { secrets: secretsMain }, footer: { js: MODULE } }),
  ]);
  const found = results.flatMap(({ metafile }) => (metafile ? mismatchedPackages(metafile, root) : []));
  const mismatched = [...new Set(found)];
  assert(mismatched.length === 0, mismatched.join('\n'));
  const files = results.flatMap((result) => result.outputFiles ?? []);
  for (const { path, contents } of files) replace(path, contents);
  removeLeftOvers(new Set(files.map(({ path }) => path)));
  await writeManifest();
  replace(stamp, sources);
}

const BUILD_FILES = ['build.mjs', 'bundled-packages.mjs', 'package.json'];

/** The number of sources and the time of the last change. */
function signature() {
  const folders = [join(root, 'src'), join(root, '../broker/src')].filter((folder) => existsSync(folder));
  const files = folders.flatMap((folder) => filesBelow(folder)).filter((file) => isSource(file));
  const all = [...files, ...BUILD_FILES.map((file) => join(root, file))];
  return `${all.length} ${Math.max(...all.map((file) => changedAt(file)))}`;
}

/** The modification time; 0 for a file that was removed in the meantime. */
const changedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const isSource = (file) => !/\.(test|fixture)\.ts$/.test(file);

const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });

function cliEntries() {
  const src = join(root, 'src');
  const commands = filesBelow(join(src, 'commands')).filter((file) => file.endsWith('.ts') && isSource(file));
  const named = commands.map((file) => [relative(src, file).replace(/\.ts$/, ''), file]);
  const engine = join(src, 'running/daemon/main.ts');
  const prepare = join(src, 'code/scaffold/record-formats.ts');
  return Object.fromEntries([
    ['main', join(src, 'main.ts')],
    ['help', join(src, 'terminal/usage/help.ts')],
    ...named,
    ...(existsSync(engine) ? [['engine', engine]] : []),
    ...(existsSync(prepare) ? [['prepare', prepare]] : []),
  ]);
}

/** Commands that are run often. Each is one file, since to load a file costs a millisecond. */
const FREQUENT = ['dev/status', 'logs', 'ports/index', 'build'];

const frequentBuild = (name) => ({
  ...inChunks,
  plugins: [nativeModules, lazyOclif(), programOf(name)],
  entryPoints: { [`frequent/${name.replace(/\/index$/, '')}`]: 'program' },
});

/** The program of a single command; see main.ts. */
const programOf = (name) => ({
  name: 'program',
  setup(build) {
    build.onResolve({ filter: /^program$/ }, () => ({ path: name, namespace: 'program' }));
    build.onLoad({ filter: /.*/, namespace: 'program' }, () => ({
      contents: `
        import Command from './commands/${name}.js';
        import { main as run } from './main.js';
        export const main = (argv) => run(argv, { name: '${name}', Command });`,
      loader: 'ts',
      resolveDir: join(root, 'src'),
    }));
  },
});

/**
 * Gets built-in modules from Node instead of importing them; see bin/run.js. Each importer has its own copy of the one
 * line this takes: a shared copy would become a separate file, and loading a file costs a millisecond.
 */
const nativeModules = {
  name: 'native-modules',
  setup(build) {
    build.onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path, importer }) => {
      const name = path.replace(/^node:/, '');
      return builtinModules.includes(name)
        ? { path: `${name} of ${relative(root, importer)}`, pluginData: name, namespace: 'native' }
        : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: 'native' }, ({ pluginData: name }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${name}')`,
    }));
  },
};

/**
 * Gets from built-in modules what a program without packages imports by name. Compared with `nativeModules`, no importer
 * has a wrapper of a whole module: the broker has fifty, which take a megabyte.
 */
const namedImports = {
  name: 'named-imports',
  setup(build) {
    const imported = /import\s*(?<whole>[\w$]+)?,?\s*(?<names>\{[^}]*\})?from"(?<module>node:[^"]+)";/g;
    const asked = (...match) => {
      const { whole, names, module } = match.at(-1);
      const parts = [whole, names?.replaceAll(' as ', ':')].filter(Boolean);
      return `const ${parts.map((part) => `${part}=process.getBuiltinModule("${module}")`).join()};`;
    };
    build.onEnd(({ outputFiles }) => {
      for (const file of outputFiles ?? []) {
        const code = file.text.replace(imported, asked);
        assert(!/\bimport\b[^(.;]*from"/.test(code), `${file.path} has an import of another form`);
        file.contents = Buffer.from(code);
      }
    });
  },
};

/** The release of oclif that `lazyOclif` was written for, and how often its patterns match in the bundle. */
const EXPECTED_OCLIF = { version: '4.14.0', imports: 223, comparisons: 1 };

/**
 * Makes oclif load each of its modules on first use, because most commands use few of them, and sort the ids of commands
 * without locale rules, whose setup costs as much as all the rest: an eighth of the CPU of a short command. Counts in
 * `found` how often its patterns match.
 */
const lazyOclif = (found = { imports: 0, comparisons: 0 }) => ({
  name: 'lazy-oclif',
  setup(build) {
    const count = (what) => (found[what]++, true);
    // The compiler of oclif names imports like config_1.
    const imported = /^const (\w+_\d+) = ((?:__import\w+\()?require\("[^"]+"\)\)?);$/gm;
    const helper =
      '\nfunction __lazy(load, module) { return new Proxy({}, { get: (_, key) => (module ??= load())[key] }); }';
    const byLanguage = /(\w+(?:\.\w+)?)\.localeCompare\((\w+(?:\.\w+)?)\)/g;
    build.onLoad({ filter: /@oclif\/core\/lib\/.*\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const code = source.replace(imported, (_, name, load) => {
        assert(isOnlyAccessedByProperty(source, name), `${name} in ${path} is used as a whole`);
        return count('imports') && `const ${name} = __lazy(() => ${load});`;
      });
      const contents = code.replace(
        byLanguage,
        (_, a, b) => count('comparisons') && `(${a} < ${b} ? -1 : ${a} > ${b} ? 1 : 0)`,
      );
      return { contents: contents + helper };
    });
  },
});

/** Fails the build for any other release of oclif than the one that `lazyOclif` was written for. */
const leanOclif = {
  name: 'lean-oclif',
  setup(build) {
    const found = { imports: 0, comparisons: 0 };
    lazyOclif(found).setup(build);
    build.onEnd(() => {
      const { version } = JSON.parse(readFileSync(require.resolve('@oclif/core/package.json'), 'utf8'));
      const seen = JSON.stringify({ version, ...found });
      assert(
        seen === JSON.stringify(EXPECTED_OCLIF),
        `oclif is ${seen}, but ${JSON.stringify(EXPECTED_OCLIF)} was expected`,
      );
    });
  },
};

/** A lazily loaded module works only if every use of it is a property access. */
const isOnlyAccessedByProperty = (source, name) =>
  [...source.matchAll(new RegExp(`\\b${name}\\b(?!\\.)`, 'g'))].every(({ index }) =>
    source.slice(0, index).endsWith('const '),
  );

function assert(condition, message) {
  if (!condition) throw new Error(message);
}

const options = {
  bundle: true,
  write: false,
  metafile: true,
  absWorkingDir: root,
  outdir: dist,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minifyWhitespace: true,
  minifySyntax: true,
  // For npm run test:cov, which maps coverage to the sources.
  sourcemap: process.env.SOURCE_MAPS ? 'linked' : false,
  plugins: [nativeModules],
  // The entry point that Node would load cannot be bundled.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  // Tools are not bundled: they look for their own files beside them.
  external: [
    '@bufbuild/buf',
    'ts-proto',
    '@vercel/nft',
    'prettier',

    '@balena/dockerignore',
    'esbuild',
    // oclif needs it only to compile commands that are not JavaScript; msx has none.
    'typescript',
  ],
  banner: {
    js: "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);",
  },
  logLevel: 'error',
};

const inChunks = { ...options, splitting: true, chunkNames: 'chunks/[name]-[hash]' };

/** A running msx may still import old chunks: they are removed only after a while. */
function removeLeftOvers(kept) {
  const ours = ['commands', 'frequent', 'chunks']
    .map((folder) => join(dist, folder))
    .filter((folder) => existsSync(folder));
  for (const file of ours.flatMap((folder) => filesBelow(folder)))
    if (!kept.has(file) && (!file.includes('/chunks/') || Date.now() - changedAt(file) > KEEP_OLD_CHUNKS_MS))
      rmSync(file, { force: true });
}

async function writeManifest() {
  const { Plugin } = await import('@oclif/core');
  const plugin = new Plugin({ root, type: 'core', ignoreManifest: true, errorOnManifestCreate: true });
  await plugin.load();
  replace(join(root, 'oclif.manifest.json'), JSON.stringify(plugin.manifest));
}

function replace(path, contents) {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = join(dist, `.${process.pid}`);
  writeFileSync(fresh, contents);
  renameSync(fresh, path);
}

if (process.argv[1] === import.meta.filename) await build();
