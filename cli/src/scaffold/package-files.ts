import { prunedLock } from './lock-file.js';
import { integrityOf } from './pack-folder.js';
import type { Kit, Vendored } from './kit.js';
import type { LockEntry, Packages } from './lock-file.js';

type Json = Record<string, unknown>;

/** The package.json of a system, with the packages that no registry has out of `vendor/`. */
export function rootManifest(text: string, vendored: readonly Vendored[]): string {
  const manifest = JSON.parse(text) as Json;
  for (const kind of ['dependencies', 'devDependencies']) {
    const dependencies = manifest[kind] as Record<string, string>;
    for (const { manifest: own, file } of vendored)
      if (dependencies[own.name] !== undefined) dependencies[own.name] = `file:vendor/${file}`;
  }
  return JSON.stringify(manifest, null, 2) + '\n';
}

/**
 * The package-lock.json of a system.
 * @param workspaces the text of each package.json, by folder
 */
export function lockText(
  root: string,
  workspaces: ReadonlyMap<string, string>,
  { lock, vendored }: Kit,
): string {
  const manifest = JSON.parse(root) as Json;
  const own: Record<string, LockEntry> = { '': { ...pick(manifest), workspaces: manifest['workspaces'] } };
  for (const [folder, text] of workspaces) {
    const workspace = JSON.parse(text) as Json;
    own[folder] = pick(workspace, 'name');
    own[`node_modules/${String(workspace['name'])}`] = { resolved: folder, link: true };
  }
  for (const each of vendored) own[`node_modules/${each.manifest.name}`] = vendoredEntry(each);
  const moved = Object.fromEntries(
    vendored.map(({ workspace, manifest: { name } }) => [workspace, `node_modules/${name}`]),
  );
  const packages: Packages = prunedLock(lock, own, moved);
  const { name, version } = manifest;
  return JSON.stringify({ name, version, lockfileVersion: 3, requires: true, packages }, null, 2) + '\n';
}

/** What package-lock.json says of a package in `vendor/`. */
export function vendoredEntry({ manifest, file, content }: Vendored): LockEntry {
  const { version, license, dependencies, bin, engines, peerDependencies, peerDependenciesMeta } = manifest;
  const resolved = `file:vendor/${file}`;
  const facts = { license, dependencies, bin, engines, peerDependencies, peerDependenciesMeta };
  return { version, resolved, integrity: integrityOf(content), ...given(facts) };
}

const KEPT = [
  'name',
  'version',
  'license',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'engines',
];

const pick = (manifest: Json, ...without: string[]): LockEntry =>
  given(Object.fromEntries(KEPT.filter((key) => !without.includes(key)).map((key) => [key, manifest[key]])));

const given = (facts: Json): Json =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
