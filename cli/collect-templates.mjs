/**
 * Collects the files of the repository that `msx new` and `msx generate` create systems from; prepack packs them with
 * the CLI.
 *
 *   service/ gateway/ proto/  the templates of msx generate, copied from templates/
 *   system/                   the files of every system
 *   empty/                    a gateway without services
 *   shop/                     the services and contracts of the reference shop
 *   vendor/                   @msx/runtime and @msx/gateway as packages, because no registry has them
 *   lock.json                 the versions of all packages; a system uses those it needs
 *   formats.json              how the first service of a system is formatted; only in the packed CLI
 *
 * prepack collects them from the working tree; when msx is run from a clone, they are collected from its last commit, so
 * that uncommitted experiments in the shop do not end up in a system.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const workingTree = resolve(import.meta.dirname, '..');

/** Build output and local files. */
const BUILD_OUTPUT = /(^|\/)(node_modules|dist|gen|\.msx|coverage)(\/|$)|\.db(-\w+)?$|\.tsbuildinfo$/;

/** The packages of the repository that systems depend on, besides the CLI, each after its own dependencies. */
const PACKAGES = ['runtime', 'gateway'];

/** Files that msx derives from msx.yaml are not packed: they are rendered again. */
const RENDERED = /(^|\/)Dockerfile$/;

export async function collectTemplates(into, repository = workingTree) {
  const templates = join(repository, 'templates');
  rmSync(into, { recursive: true, force: true });
  const write = (path, text) => {
    mkdirSync(dirname(join(into, path)), { recursive: true });
    writeFileSync(join(into, path), text);
  };
  const copy = (from, to) => {
    for (const file of filesBelow(from).filter((each) => !BUILD_OUTPUT.test(each) && !RENDERED.test(each)))
      write(`${to}/${portable(file)}`, forSystem(file, readFileSync(join(from, file), 'utf8')));
  };
  for (const folder of ['service', 'gateway', 'proto', 'system', 'empty'])
    copy(join(templates, folder), folder);
  for (const file of ['.prettierrc.json', 'tsconfig.base.json', '.dockerignore'])
    cpSync(join(repository, file), join(into, 'system', portable(file)));
  write('system/package.json', manifest(repository));
  copy(join(repository, 'services'), 'shop/services');
  copy(join(repository, 'proto'), 'shop/proto');
  write('shop/msx.yaml', readFileSync(join(repository, 'msx.yaml'), 'utf8'));
  // An empty gateway is built like the shop's, and from the same contracts.
  for (const file of ['package.json', 'tsconfig.json']) {
    const path = `services/api-gateway/${file}`;
    write(`empty/${path}`, forSystem(file, readFileSync(join(repository, path), 'utf8')));
  }
  write('empty/proto/buf.yaml', readFileSync(join(repository, 'proto/buf.yaml'), 'utf8'));
  for (const folder of PACKAGES) packPackage(folder, { into: join(into, 'vendor'), repository });
  write('lock.json', readFileSync(join(repository, 'package-lock.json'), 'utf8'));
}

/** npm never packs a .gitignore, but applies it. */
const portable = (file) => file.replace(/(^|\/)\.(gitignore|dockerignore|npmignore)$/, '$1dot-$2');

/** A service in a system gets its dependencies from packages, not from the folders beside it. */
function forSystem(file, text) {
  if (!/(^|\/)tsconfig\.json$/.test(file)) return text;
  return text.replace(/,\s*"references": \[(?:\{ "path": "\.\.\/\.\.\/\w+" \}(?:, )?)+\]/, '');
}

/** The package.json of a system, with the versions of the tools in the repository. */
function manifest(repository) {
  const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
  const { devDependencies, overrides } = read(join(repository, 'package.json'));
  const template = read(join(repository, 'templates/system/package.json'));
  const own = { '@msx/cli': read(join(repository, 'cli/package.json')).version };
  const versions = { ...devDependencies, ...own };
  const tools = Object.keys(template.devDependencies).map((name) => [name, versions[name]]);
  const unknown = tools.find(([, version]) => !version);
  if (unknown)
    throw new Error(`templates/system lists ${unknown[0]}, which the repository does not depend on`);
  const result = { ...template, devDependencies: Object.fromEntries(tools), overrides };
  return JSON.stringify(result, null, 2) + '\n';
}

function packPackage(folder, { into, repository }) {
  mkdirSync(into, { recursive: true });
  compile(folder, repository);
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', into];
  execFileSync('npm', args, { cwd: join(repository, folder), stdio: ['ignore', 'ignore', 'inherit'] });
  cpSync(join(repository, folder, 'package.json'), join(into, `${folder}.json`));
}

/** Throws with the errors of the compiler. */
function compile(folder, repository) {
  const compiler = join(workingTree, 'node_modules/typescript-7/bin/tsc');
  try {
    execFileSync(process.execPath, [compiler, '-b', join(repository, folder)], { encoding: 'utf8' });
  } catch (cause) {
    throw new Error(`${folder} does not compile: ${cause.stdout || cause.message}`, { cause });
  }
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

if (process.argv[1] === import.meta.filename) {
  const into = resolve(process.argv[2] ?? join(import.meta.dirname, 'templates'));
  if (existsSync(join(into, '.git'))) throw new Error(`${into} is a git repository; it would be overwritten`);
  await collectTemplates(into);
  const { recordFormats } = await import('./dist/prepare.js');
  const manifests = ['cli', ...PACKAGES].map((folder) =>
    JSON.parse(readFileSync(join(workingTree, folder, 'package.json'), 'utf8')),
  );
  const vendored = manifests.map((manifest) => ({
    manifest,
    file: `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`,
    content: Buffer.alloc(0),
  }));
  const kit = { templates: into, lock: {}, vendored };
  writeFileSync(join(into, 'formats.json'), JSON.stringify(await recordFormats(kit)));
}
