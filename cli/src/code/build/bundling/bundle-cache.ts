import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

const KEPT_UNUSED_MS = 30 * 24 * 60 * 60 * 1000;

/** Where bundles of packages are kept, in folders of families; see the XDG Base Directory Specification. */
export function bundleCache(): string {
  const { XDG_CACHE_HOME: cache = '' } = process.env;
  return join(isAbsolute(cache) ? cache : join(homedir(), '.cache'), 'msx/bundles');
}

/** A new folder for a bundle, until it is complete. Makes room for it: bundles that no build used for a month go. */
export function newFolder(family: string): string {
  const fresh = join(family, `.${process.pid}`);
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  for (const each of readdirSync(bundleCache()).flatMap((name) => foldersIn(join(bundleCache(), name))))
    if (Date.now() - statSync(each).mtimeMs > KEPT_UNUSED_MS) rmSync(each, { recursive: true, force: true });
  return fresh;
}

/** Notes that a build used a bundle. */
export const markUsed = (bundle: string): void => utimesSync(bundle, new Date(), new Date());

const foldersIn = (family: string): string[] => readdirSync(family).map((name) => join(family, name));
