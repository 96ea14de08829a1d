import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { transform } from 'esbuild';
import { replaceFile } from '../../../model/files/replace-file.js';
import { markUsed } from './bundle-cache.js';
import { bundleFile } from './bundle-file.js';
import { bundleService } from './bundle-service.js';
import { PackageCheck, readStamp, writeStamp } from './bundle-stamp.js';
import { InstalledPackages, nodeModulesOf } from './installed-packages.js';
import { packageBundleOf } from './package-bundle.js';
import type { BundleStamp } from './bundle-stamp.js';
import type { OwnImports } from './own-imports.js';
import type { PackageBundle } from './bundle-manifest.js';
import type { Service, System } from '../../../model/system/system.js';

/** The bundler is a process of its own, which starts with the first request and stays. */
export const startBundler = (): Promise<unknown> => transform('');

/**
 * Bundles services, each given with the stamps of its projects. Services of one kind share one bundle of packages, as
 * they import mostly the same ones. A service that cannot be bundled runs from the compiled files as they are.
 */
export async function bundleServices(system: System, stamps: ReadonlyMap<Service, string>): Promise<void> {
  const kinds = new Set([...stamps.keys()].map(({ kind }) => kind));
  for (const each of kinds) {
    const services = [...stamps.keys()].filter(({ kind }) => kind === each);
    try {
      await bundleAll(system, services, stamps);
    } catch (error) {
      const problem = (error as Error).message;
      for (const service of services)
        leaveUnbundled(service, { made: stamps.get(service)!, begun: Date.now(), problem });
    }
  }
}

async function bundleAll({ root }: System, services: Service[], stamps: ReadonlyMap<Service, string>) {
  const begun = Date.now();
  const stamp = (service: Service, { folder: packages }: PackageBundle, imports?: OwnImports) => {
    writeStamp(service, { made: stamps.get(service)!, begun, packages, imports });
    if (packages) markUsed(packages);
  };
  const nodeModules = nodeModulesOf(root);
  const check = new PackageCheck(nodeModules);
  const imported = new Set<string>();
  const left: Service[] = [];
  for (const service of services) {
    const packages = check.packagesOf(service) ?? NONE;
    const before = readStamp(service)?.imports;
    const { used, written, imports } = await bundleService(service.folder, { packages, nodeModules }, before);
    if (written) stamp(service, packages, imports);
    else left.push(service);
    for (const file of used) imported.add(file);
  }
  if (left.length === 0) return;
  const packages = await packageBundleOf([...imported], new InstalledPackages(nodeModules));
  for (const service of left) {
    const { imports } = await bundleService(service.folder, { packages, nodeModules });
    stamp(service, packages, imports);
  }
}

/** Enough for a service that imports no package. */
const NONE: PackageBundle = { folder: '', modules: {}, files: [], content: '' };

function leaveUnbundled(service: Service, stamp: BundleStamp): void {
  const file = bundleFile(service.folder);
  mkdirSync(dirname(file), { recursive: true });
  replaceFile(file, "import '../main.js';\n");
  writeStamp(service, stamp);
}
