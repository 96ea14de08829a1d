import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package that contains this code, bundled or not. */
export const packageFolder: string = folderWith('package.json', dirname(fileURLToPath(import.meta.url)));

/** The msx executable, for running msx in another process. */
export const msxFile: string = join(packageFolder, 'bin/run.js');

/** Differs for each build and each installation of msx. Packed files all have the same time of modification. */
export function msxBuild(): string {
  const { ctimeMs, size } = statSync(engineFile);
  return `${ctimeMs} ${size}`;
}

/** The entry points of the engine and of the embedded broker. */
export const engineFile: string = join(packageFolder, 'dist/engine.js');
export const brokerFile: string = join(packageFolder, 'dist/broker.js');

/** What keeps the log of a broker in the background within bounds. */
export const boundLogFile: string = join(packageFolder, 'dist/bound-own-log.js');

/** What loads bundled packages in a service, and what prepares them for that. */
export const loadPackagesFile: string = join(packageFolder, 'dist/load-packages.js');
export const warmPackagesFile: string = join(packageFolder, 'dist/warm-packages.js');

/** Whether this is the published package; in the repository, the package has its sources and builds itself. */
const isPacked: boolean = !existsSync(join(packageFolder, 'build.mjs'));

/** The templates that msx generates from: part of the published package, or beside it in the repository. */
export const templateFolder = (): string => join(packageFolder, isPacked ? 'templates' : '../templates');

/** The program that creates the Secrets of a cluster; images contain it. */
export const secretsFile: string = join(packageFolder, 'dist/secrets.js');

function folderWith(file: string, folder: string): string {
  return existsSync(join(folder, file)) ? folder : folderWith(file, dirname(folder));
}
