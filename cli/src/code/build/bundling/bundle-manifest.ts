import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../../../model/system/read-file.js';

/** A CommonJS module is its own default export, as in Node. */
export type ModuleFormat = 'esm' | 'cjs';

/** What a module of a package exports, as own code sees it. */
export interface PackageModule {
  format: ModuleFormat;
  names: string[];
}

/** Changes with the form or the content of bundles. */
export const BUNDLER_VERSION = 6;

/** What is in a bundle of packages. Paths are relative to `node_modules`. */
export interface BundleManifest {
  /** The modules that own code may import. */
  modules: Record<string, PackageModule>;
  /** The files that it was made from, and a digest of their content. */
  files: string[];
  content: string;
}

const manifestFile = (folder: string): string => join(folder, 'manifest.json');

/** Written last: a bundle without one is not complete. */
export const writeManifest = (folder: string, manifest: BundleManifest): void =>
  writeFileSync(manifestFile(folder), JSON.stringify({ version: BUNDLER_VERSION, ...manifest }));

/** Bundled packages, and what is in them. */
export interface PackageBundle extends BundleManifest {
  folder: string;
}

/** The bundle in a folder; undefined if there is none, it is not complete, or it is of another version. */
export function bundleIn(folder: string): PackageBundle | undefined {
  const file = manifestFile(folder);
  if (!existsSync(file)) return undefined;
  const { version, ...manifest } = readJson<BundleManifest & { version?: number }>(file);
  return version === BUNDLER_VERSION ? { folder, ...manifest } : undefined;
}
