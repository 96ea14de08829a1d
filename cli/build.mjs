/**
 * Bundles the CLI, the engine and the broker into dist/, in pieces, so that each command loads only what it
 * needs. Every file is replaced as a whole and the stamp is written last: others may run msx, or build, meanwhile.
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
const secretsMain = join(root, 'src/kubernetes/secrets/main.ts');
const KEEP_OLD_CHUNKS = 60 * 60 * 1000;

export async function buildIfStale() {
  const sources = signature();
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== sources) await build(sources);
}

export async function build(sources = signature()) {
  const esbuild = await import('esbuild');
  const results = await Promise.all([
    esbuild.build({
      ...options,
      plugins: [nativeModules, leanOclif],
      entryPoints: cliEntries(),
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
    }),
    existsSync(brokerMain) && esbuild.build({ ...options, entryPoints: { broker: brokerMain } }),
    existsSync(secretsMain) && esbuild.build({ ...options, entryPoints: { secrets: secretsMain } }),
  ]);
  const files = results.flatMap((result) => result.outputFiles ?? []);
  for (const { path, contents } of files) replace(path, contents);
  removeLeftOvers(new Set(files.map(({ path }) => path)));
  await writeManifest();
  replace(stamp, sources);
}

/** How many sources there are and when one last changed. */
function signature() {
  const folders = [join(root, 'src'), join(root, '../broker/src')].filter((folder) => existsSync(folder));
  const files = folders.flatMap((folder) => filesBelow(folder)).filter((file) => isSource(file));
  const all = [...files, join(root, 'build.mjs'), join(root, 'package.json')];
  return `${all.length} ${Math.max(...all.map((file) => changedAt(file)))}`;
}

/** Of a file that someone has removed meanwhile: long ago. */
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
  const engine = join(src, 'daemon/main.ts');
  const prepare = join(src, 'scaffold/first-formats.ts');
  return Object.fromEntries([
    ['main', join(src, 'main.ts')],
    ['help', join(src, 'ui/help.ts')],
    ...named,
    ...(existsSync(engine) ? [['engine', engine]] : []),
    ...(existsSync(prepare) ? [['prepare', prepare]] : []),
  ]);
}

/**
 * Asks for built-in modules instead of importing them; see bin/run.js. Each importer has its own copy of the one
 * line this takes: were it shared, it would become a file of its own, and loading one costs a millisecond.
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

/** The release of oclif that `leanOclif` was read against, and how often its patterns are found in what is bundled. */
const READ_OCLIF = { version: '4.14.0', imports: 223, comparisons: 1 };

/**
 * Lets oclif load each of its modules when it first uses it, as most commands never use most of them, and sort
 * the ids of commands without the rules of human languages, whose setting up costs as much as all the rest:
 * an eighth of the CPU of a short command. Fails the build for any other release than the one it was read against.
 */
const leanOclif = {
  name: 'lean-oclif',
  setup(build) {
    const found = { imports: 0, comparisons: 0 };
    const count = (what) => (found[what]++, true);
    // The compiler of oclif names imports like config_1.
    const imported = /^const (\w+_\d+) = ((?:__import\w+\()?require\("[^"]+"\)\)?);$/gm;
    const helper =
      '\nfunction __lazy(load, module) { return new Proxy({}, { get: (_, key) => (module ??= load())[key] }); }';
    const byLanguage = /(\w+(?:\.\w+)?)\.localeCompare\((\w+(?:\.\w+)?)\)/g;
    build.onLoad({ filter: /@oclif\/core\/lib\/.*\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const code = source.replace(imported, (_, name, load) => {
        demand(isOnlyReachedInto(source, name), `${name} in ${path} is used as a whole`);
        return count('imports') && `const ${name} = __lazy(() => ${load});`;
      });
      const contents = code.replace(
        byLanguage,
        (_, a, b) => count('comparisons') && `(${a} < ${b} ? -1 : ${a} > ${b} ? 1 : 0)`,
      );
      return { contents: contents + helper };
    });
    build.onEnd(() => {
      const { version } = JSON.parse(readFileSync(require.resolve('@oclif/core/package.json'), 'utf8'));
      const seen = JSON.stringify({ version, ...found });
      demand(
        seen === JSON.stringify(READ_OCLIF),
        `oclif is ${seen}, and was read as ${JSON.stringify(READ_OCLIF)}`,
      );
    });
  },
};

/** A lazily loaded module stands for itself only behind a dot. */
const isOnlyReachedInto = (source, name) =>
  [...source.matchAll(new RegExp(`\\b${name}\\b(?!\\.)`, 'g'))].every(({ index }) =>
    source.slice(0, index).endsWith('const '),
  );

function demand(condition, otherwise) {
  if (!condition) throw new Error(`build.mjs: ${otherwise}`);
}

const options = {
  bundle: true,
  write: false,
  outdir: dist,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minifyWhitespace: true,
  minifySyntax: true,
  plugins: [nativeModules],
  // The tools come as they are installed: they find their own files beside them.
  external: [
    '@bufbuild/buf',
    'ts-proto',
    '@vercel/nft',
    'prettier',
    'dockerode',
    'tar-fs',
    '@balena/dockerignore',
    // oclif asks for it only when it would compile commands that are no JavaScript; msx has none.
    'typescript',
  ],
  banner: {
    js: "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);",
  },
  logLevel: 'error',
};

/** Old chunks may still be imported by an msx that runs since before: they go when they are of age. */
function removeLeftOvers(kept) {
  const ours = ['commands', 'chunks']
    .map((folder) => join(dist, folder))
    .filter((folder) => existsSync(folder));
  for (const file of ours.flatMap((folder) => filesBelow(folder)))
    if (!kept.has(file) && (file.includes('/commands/') || Date.now() - changedAt(file) > KEEP_OLD_CHUNKS))
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
