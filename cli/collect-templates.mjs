/**
 * Gathers what `msx new` and `msx generate` make systems from, out of the repository: prepack packs it with the CLI.
 *
 *   service/ gateway/ proto/  what is generated from, as it stands in templates/
 *   system/                   what every system has
 *   empty/                    a gateway with nothing behind it yet
 *   shop/                     the services and contracts of the reference shop
 *   vendor/                   @msx/runtime as a package, since no registry has it
 *   lock.json                 the versions of all packages, of which a system takes those it needs
 *   formats.json              how the first service of a system is formatted; only when packed
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { filesBelow, pruneGateway } from './prune-gateway.mjs';

const repository = resolve(import.meta.dirname, '..');
const templates = join(repository, 'templates');

/** What is made where it stands, and belongs to nobody else. */
const MADE = /(^|\/)(node_modules|dist|gen|\.msx|coverage)(\/|$)|\.db(-\w+)?$|\.tsbuildinfo$/;

/** What msx writes from msx.yaml is not packed: it is written anew. */
const PROJECTED = /(^|\/)Dockerfile$/;

export async function collectTemplates(into) {
  rmSync(into, { recursive: true, force: true });
  const write = (path, text) => {
    mkdirSync(dirname(join(into, path)), { recursive: true });
    writeFileSync(join(into, path), text);
  };
  const copy = (from, to) => {
    for (const file of filesBelow(from).filter((each) => !MADE.test(each) && !PROJECTED.test(each)))
      write(`${to}/${portable(file)}`, forSystem(file, readFileSync(join(from, file), 'utf8')));
  };
  for (const folder of ['service', 'gateway', 'proto']) copy(join(templates, folder), folder);
  copy(join(templates, 'system'), 'system');
  for (const file of ['.prettierrc.json', 'tsconfig.base.json', '.dockerignore'])
    cpSync(join(repository, file), join(into, 'system', portable(file)));
  write('system/package.json', manifest());
  copy(join(repository, 'services'), 'shop/services');
  copy(join(repository, 'proto'), 'shop/proto');
  write('shop/msx.yaml', readFileSync(join(repository, 'msx.yaml'), 'utf8'));
  await collectEmpty(write);
  packRuntime(join(into, 'vendor'));
  write('lock.json', readFileSync(join(repository, 'package-lock.json'), 'utf8'));
}

/** npm never packs a .gitignore, and reads it where it stands. */
const portable = (file) => file.replace(/(^|\/)\.(gitignore|dockerignore|npmignore)$/, '$1dot-$2');

/** A service in a system gets the runtime from a package, not from the folder beside it. */
function forSystem(file, text) {
  if (!/(^|\/)tsconfig\.json$/.test(file)) return text;
  return text.replace(/,\s*"references": \[\{ "path": "\.\.\/\.\.\/runtime" \}\]/, '');
}

/** The versions of the tools are those of the repository. */
function manifest() {
  const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
  const { devDependencies, overrides } = read(join(repository, 'package.json'));
  const template = read(join(templates, 'system/package.json'));
  const own = { '@msx/cli': read(join(import.meta.dirname, 'package.json')).version };
  const versions = { ...devDependencies, ...own };
  const tools = Object.keys(template.devDependencies).map((name) => [name, versions[name]]);
  const unknown = tools.find(([, version]) => !version);
  if (unknown) throw new Error(`the repository has no ${unknown[0]}, which templates/system names`);
  const made = { ...template, devDependencies: Object.fromEntries(tools), overrides };
  return JSON.stringify(made, null, 2) + '\n';
}

function packRuntime(into) {
  mkdirSync(into, { recursive: true });
  const compiler = join(repository, 'node_modules/typescript-7/bin/tsc');
  execFileSync(process.execPath, [compiler, '-b', join(repository, 'runtime')], { stdio: 'inherit' });
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', into];
  execFileSync('npm', args, { cwd: join(repository, 'runtime'), stdio: ['ignore', 'ignore', 'inherit'] });
  cpSync(join(repository, 'runtime/package.json'), join(into, 'runtime.json'));
}

async function collectEmpty(write) {
  const gateway = join(repository, 'services/api-gateway');
  const own = join(templates, 'empty/services/api-gateway/src');
  const replaced = new Map(filesBelow(own).map((file) => [file, readFileSync(join(own, file), 'utf8')]));
  const options = await resolveConfig(join(repository, 'x.ts'));
  for (const [file, text] of pruneGateway(join(gateway, 'src'), replaced)) {
    const tidy = file.endsWith('.ts') ? await format(text, { ...options, parser: 'typescript' }) : text;
    write(`empty/services/api-gateway/src/${file}`, tidy);
  }
  for (const file of ['package.json', 'tsconfig.json'])
    write(`empty/services/api-gateway/${file}`, forSystem(file, readFileSync(join(gateway, file), 'utf8')));
  for (const file of filesBelow(join(templates, 'empty')).filter((each) => !each.includes('/src/')))
    write(`empty/${file}`, readFileSync(join(templates, 'empty', file), 'utf8'));
  write('empty/proto/buf.yaml', readFileSync(join(repository, 'proto/buf.yaml'), 'utf8'));
}

if (process.argv[1] === import.meta.filename) {
  const into = resolve(process.argv[2] ?? join(import.meta.dirname, 'templates'));
  if (existsSync(join(into, '.git'))) throw new Error(`${into} is no folder to write over`);
  await collectTemplates(into);
  const { recordFormats } = await import('./dist/prepare.js');
  const kit = { templates: into, lock: {}, vendored: [] };
  writeFileSync(join(into, 'formats.json'), JSON.stringify(await recordFormats(kit)));
}
