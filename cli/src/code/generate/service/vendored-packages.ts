import { relative } from 'node:path/posix';

/** The paths of unpublished packages in a system, by name: `vendor/msx-runtime-0.1.0.tgz`. */
export type VendoredPackages = ReadonlyMap<string, string>;

type Dependencies = Record<string, string>;
type Manifest = Partial<Record<'dependencies' | 'devDependencies', Dependencies>>;

const PREFIX = 'file:';

/** The vendored packages in the root package.json. */
export function vendoredIn(rootManifest: string | undefined): VendoredPackages {
  if (rootManifest === undefined) return new Map();
  const { dependencies, devDependencies } = JSON.parse(rootManifest) as Manifest;
  const named = Object.entries({ ...devDependencies, ...dependencies });
  const vendored = named.filter(([, version]) => version.startsWith(`${PREFIX}vendor/`));
  return new Map(vendored.map(([name, version]) => [name, version.slice(PREFIX.length)]));
}

/**
 * Makes a package.json refer to these packages by file. With a version, npm would fetch them from a registry as soon as
 * the versions differ, and run code of whoever owns the name there.
 * @param folder the folder of the package.json, relative to the root
 */
export function withVendored(manifest: string, folder: string, packages: VendoredPackages): string {
  const parsed = JSON.parse(manifest) as Manifest;
  for (const dependencies of [parsed.dependencies, parsed.devDependencies])
    for (const [name, file] of packages)
      if (dependencies?.[name] !== undefined) dependencies[name] = PREFIX + relative(folder, file);
  return JSON.stringify(parsed, null, 2) + '\n';
}
