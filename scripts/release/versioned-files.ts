import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedPackages, repositoryUrl, workspaces } from '../published-packages.mjs';

interface Entry {
  name?: string;
  version?: string;
  private?: boolean;
  repository?: object;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/**
 * Every file of the repository that contains its version, with the text for a new version. The version is the one in
 * package.json: lerna.json, the workspaces, the lock file and the templates repeat it.
 * @param files the tracked files
 */
export function versionedFiles(root: string, version: string, files: readonly string[]): Map<string, string> {
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const own = ['', ...workspaces(root)];
  const published = new Map(publishedPackages(root).map(({ folder }): [string, string] => [folder, folder]));
  const changed = new Map<string, string>();
  for (const file of files.filter((each) => /(^|\/)package\.json$/.test(each))) {
    const folder = file.replace(/\/?package\.json$/, '');
    const entry = withDependencies(JSON.parse(read(file)) as Entry, version);
    if (own.includes(folder)) entry.version = version;
    if (published.has(folder))
      entry.repository = { type: 'git', url: repositoryUrl(root) as string, directory: folder };
    changed.set(file, json(entry));
  }
  changed.set('package-lock.json', lock(read('package-lock.json'), { version, own }));
  changed.set('lerna.json', read('lerna.json').replace(/("version": )".*?"/, `$1"${version}"`));
  return changed;
}

/** Packages of this repository depend on each other's current versions: npm would look up any other in a registry. */
function withDependencies<T extends Entry>(entry: T, version: string): T {
  for (const dependencies of [entry.dependencies, entry.devDependencies, entry.peerDependencies])
    for (const [name, current] of Object.entries(dependencies ?? {}))
      if (name.startsWith('@msx/') && current) dependencies![name] = version;
  return entry;
}

function lock(text: string, { version, own }: { version: string; own: readonly string[] }): string {
  const manifest = JSON.parse(text) as Entry & { packages: Record<string, Entry> };
  manifest.version = version;
  for (const folder of own) withDependencies(manifest.packages[folder]!, version).version = version;
  return json(manifest);
}

const json = (value: object) => JSON.stringify(value, null, 2) + '\n';
