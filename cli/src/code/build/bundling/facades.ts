import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPackagesFile } from '../../../installation.js';
import type { PackageModule } from './bundle-manifest.js';

/** What facades import the modules of the bundled packages from. */
export const PACKAGES = 'msx:packages';

export const facadeFolder = (bundle: string): string => join(bundle, 'facades');

/** The facade of the module with this place in the manifest of a bundle. */
export const facadeFile = (bundle: string, index: number): string =>
  join(facadeFolder(bundle), `${index}.js`);

/** Facades are files: a bundler reads files faster than it gets an answer from another process. */
export function writeFacades(bundle: string, modules: readonly PackageModule[]): void {
  mkdirSync(facadeFolder(bundle));
  // What is said in a package.json further up does not apply to them.
  writeFileSync(join(facadeFolder(bundle), 'package.json'), '{ "type": "module" }');
  for (const [index, module] of modules.entries())
    writeFileSync(facadeFile(bundle, index), facadeOf(index, module));
}

/** A module that exports what a module of the bundled packages does. Exports that nothing imports are left out. */
function facadeOf(index: number, { format, names }: PackageModule): string {
  const byName = (name: string) => `/* @__PURE__ */ exported(module, ${JSON.stringify(name)})`;
  return [
    `import { exported, packages } from '${PACKAGES}';`,
    `const module = packages[${index}]();`,
    `export default ${format === 'esm' ? byName('default') : 'module'};`,
    ...names.map((name, n) => `const value${n} = ${byName(name)}; export { value${n} as ${name} };`),
  ].join('\n');
}

/** The module that facades import, for packages in this place. */
export const tableOf = (bundle: string, nodeModules: string): string => `
import { loadPackages } from ${JSON.stringify(loadPackagesFile)};
export const packages = loadPackages(${JSON.stringify(bundle)}, ${JSON.stringify(nodeModules)});
export const exported = (module, name) => module[name];
`;
