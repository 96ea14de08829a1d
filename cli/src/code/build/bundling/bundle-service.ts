import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { replaceFile } from '../../../model/files/replace-file.js';
import { bundleAsBefore } from './bundle-as-before.js';
import { ownCodeOptions } from './bundle-options.js';
import { resolvingPlugin } from './own-code-plugin.js';
import { ImportLog } from './own-imports.js';
import type { OutputFile } from 'esbuild';
import type { Bundled } from './bundle-as-before.js';
import type { OwnCode } from './own-code-plugin.js';
import type { OwnImports } from './own-imports.js';

/** The files of packages that a service imports, how they were found, and whether its bundle was written. */
interface Bundling {
  used: string[];
  imports?: OwnImports;
  written: boolean;
}

/**
 * Bundles what the compiler wrote for a service and for the workspace packages it imports, with source maps. If it
 * imports modules that the bundle of packages has not, nothing is written. `before`: how the imports of its previous
 * bundle were resolved.
 */
export async function bundleService(folder: string, own: OwnCode, before?: OwnImports): Promise<Bundling> {
  const known = before && (await bundleAsBefore(folder, own, before));
  const { used, imports, outputFiles } = known ?? (await bundleAnew(folder, own));
  const written = used.every((file) => own.packages.modules[file]);
  if (written) writeAll(outputFiles);
  return { used, imports, written };
}

async function bundleAnew(folder: string, own: OwnCode): Promise<Bundled> {
  const log = new ImportLog(folder);
  const { outputFiles } = await build({ ...ownCodeOptions(folder), plugins: [resolvingPlugin(own, log)] });
  return { used: log.used, imports: log.imports, outputFiles };
}

/** The source map first: a program that is started meanwhile finds it. */
function writeAll(files: readonly OutputFile[]): void {
  mkdirSync(dirname(files[0]!.path), { recursive: true });
  for (const { path, text } of files.toSorted(
    (a, b) => Number(b.path.endsWith('.map')) - Number(a.path.endsWith('.map')),
  ))
    replaceFile(path, text);
}
