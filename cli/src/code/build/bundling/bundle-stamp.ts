import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readJson } from '../../../model/system/read-file.js';
import { replaceFile } from '../../../model/files/replace-file.js';
import { bundleIn } from './bundle-manifest.js';
import { bundleFile } from './bundle-file.js';
import type { OwnImports } from './own-imports.js';
import type { PackageBundle } from './bundle-manifest.js';
import type { Service } from '../../../model/system/system.js';

/** What the bundle of a service was made from. */
export interface BundleStamp {
  /** The folder of its packages, if it has any. */
  packages?: string;
  /** The stamps of the projects. */
  made: string;
  /** When reading of its files began, in milliseconds since the epoch. */
  begun: number;
  /** How the imports of its own code were resolved, unless that differed between its files. */
  imports?: OwnImports;
  /** Why it only loads the compiled files. */
  problem?: string;
}

/** The times of files come from a clock that moves in steps of up to 10 ms. */
const CLOCK_STEP_MS = 10;

/** A problem may have been a full disk, or have gone with another version of esbuild. */
const RETRY_MS = 60 * 60 * 1000;

const stampFile = ({ folder }: Service): string => join(dirname(bundleFile(folder)), '.stamp');

/** Whether services run from bundles. Coverage is of files as they are in dist. */
export const isBundling = (environment: NodeJS.ProcessEnv = process.env): boolean =>
  environment['MSX_BUNDLE'] !== 'off' && environment['NODE_V8_COVERAGE'] === undefined;

/**
 * Whether a service has the bundle of these stamps of its projects, and of packages that nobody has edited since, as one
 * check finds them.
 */
export function isBundled(service: Service, stamps: string, check: PackageCheck): boolean {
  const stamp = readStamp(service);
  if (stamp?.made !== stamps || !existsSync(bundleFile(service.folder))) return false;
  if (stamp.problem) return Date.now() - changedAt(stampFile(service)) < RETRY_MS;
  return !stamp.packages || check.packagesOf(service) !== undefined;
}

/** Looks once at the files of packages in a folder `node_modules`, although services share bundles of them. */
export class PackageCheck {
  readonly #found = new Map<string, { packages: PackageBundle; changed: number } | undefined>();

  constructor(readonly nodeModules: string) {}

  /** The packages that the last bundle of a service used, if nobody has edited them since. */
  packagesOf(service: Service): PackageBundle | undefined {
    const { packages: folder = '', begun = 0 } = readStamp(service) ?? {};
    if (!this.#found.has(folder)) this.#found.set(folder, this.#find(folder));
    const { packages, changed = Infinity } = this.#found.get(folder) ?? {};
    return changed < begun - CLOCK_STEP_MS ? packages : undefined;
  }

  #find(folder: string) {
    const packages = bundleIn(folder);
    const times = packages?.files.map((file) => changedAt(join(this.nodeModules, file))) ?? [];
    return packages && { packages, changed: times.reduce((last, time) => Math.max(last, time), 0) };
  }
}

/** When a file, or its name, was last changed; later than anything for one that is gone. */
const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? Infinity;

export function readStamp(service: Service): BundleStamp | undefined {
  const file = stampFile(service);
  return existsSync(file) ? readJson<BundleStamp>(file) : undefined;
}

export const writeStamp = (service: Service, stamp: BundleStamp): void =>
  replaceFile(stampFile(service), JSON.stringify(stamp));
