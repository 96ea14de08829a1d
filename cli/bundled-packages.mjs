import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { satisfies } from 'semver';

/**
 * The bundled packages whose version does not match the range of their importer, one sentence each. If the right package
 * is missing, Node and esbuild silently use one of the same name in an outer folder, whatever its version.
 *
 * @param metafile the metafile of an esbuild build in `folder`
 */
export function mismatchedPackages({ inputs }, folder) {
  const packageOf = memoized((path) => nearestPackage(dirname(resolve(folder, path))));
  const mismatches = Object.entries(inputs).flatMap(([file, { imports }]) =>
    imports
      .filter(({ path, external, original }) => original && !external && !isVirtual(path) && !isVirtual(file))
      .flatMap(({ path, original }) => mismatch(packageOf(file), packageOf(path), original)),
  );
  return [...new Set(mismatches)];
}

function mismatch(from, to, specifier) {
  if (from === to || /^[./]/.test(specifier)) return [];
  const range = from.ranges[nameIn(specifier)]?.replace(/^npm:.*@/, '');
  if (range === undefined)
    return from.isOurs ? [`${from.name} imports ${specifier}, which is not among its dependencies`] : [];
  if (satisfies(to.version, range, { includePrerelease: true })) return [];
  return [`${from.name} needs ${nameIn(specifier)} ${range}, but ${to.folder} has ${to.version}`];
}

const nameIn = (specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)[0];

/** Modules created by a plugin have a namespace: `native:fs`. */
const isVirtual = (path) => /^[\w-]{2,}:/.test(path);

function nearestPackage(folder) {
  const file = join(folder, 'package.json');
  const manifest = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  // Some packages have another package.json in an inner folder that only sets the module type.
  if (!manifest.name || !manifest.version)
    return dirname(folder) === folder ? { folder, ranges: {} } : nearestPackage(dirname(folder));
  const { name, version, dependencies, devDependencies, peerDependencies, optionalDependencies } = manifest;
  const isOurs = !folder.includes('/node_modules/');
  const ranges = {
    ...(isOurs && devDependencies),
    ...peerDependencies,
    ...optionalDependencies,
    ...dependencies,
  };
  return { name, version, folder, isOurs, ranges };
}

function memoized(find) {
  const found = new Map();
  const packages = new Map();
  return (path) => {
    if (!found.has(path)) {
      const fresh = find(path);
      packages.set(fresh.folder, packages.get(fresh.folder) ?? fresh);
      found.set(path, packages.get(fresh.folder));
    }
    return found.get(path);
  };
}
