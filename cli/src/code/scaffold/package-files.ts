import { prunedLock } from './lock-file.js';
import { integrityOf } from './pack-folder.js';
import type { VendoredPackages } from '../generate/service/vendored-packages.js';
import type { Kit, Vendored } from './kit.js';
import type { LockEntry, Packages } from './lock-file.js';

type Json = Record<string, unknown>;

/** The paths by which package.json files of a system refer to the unpublished packages. */
export const vendoredPackages = (vendored: readonly Vendored[]): VendoredPackages =>
  new Map(vendored.map(({ manifest, file }) => [manifest.name, `vendor/${file}`]));

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

/** The entry in package-lock.json of a package in `vendor/`. */
export function vendoredEntry({ manifest, file, content }: Vendored): LockEntry {
  const { version, license, dependencies, bin, engines, peerDependencies, peerDependenciesMeta } = manifest;
  const resolved = `file:vendor/${file}`;
  const facts = { license, dependencies, bin, engines, peerDependencies, peerDependenciesMeta };
  return { version, resolved, integrity: integrityOf(content), ...definedOnly(facts) };
}

const LOCKED_KEYS = [
  'name',
  'version',
  'license',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'engines',
];

const pick = (manifest: Json, ...without: string[]): LockEntry =>
  definedOnly(
    Object.fromEntries(
      LOCKED_KEYS.filter((key) => !without.includes(key)).map((key) => [key, manifest[key]]),
    ),
  );

const definedOnly = (facts: Json): Json =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
