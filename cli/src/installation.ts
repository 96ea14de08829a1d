import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package this code is part of, bundled or not. */
export const packageFolder: string = folderWith('package.json', dirname(fileURLToPath(import.meta.url)));

/** What the engine and the embedded broker are started from. */
export const engineFile: string = join(packageFolder, 'dist/engine.js');
export const brokerFile: string = join(packageFolder, 'dist/broker.js');

/** Whether this is the package as it is published; in the repository it has its sources, and builds itself. */
export const isPacked: boolean = !existsSync(join(packageFolder, 'build.mjs'));

/** What msx generates from: packed along with it, or beside it where it is developed. */
export const templateFolder = (): string => join(packageFolder, isPacked ? 'templates' : '../templates');

/** What makes the Secrets of a cluster: a part of images. */
export const secretsFile: string = join(packageFolder, 'dist/secrets.js');

function folderWith(file: string, folder: string): string {
  return existsSync(join(folder, file)) ? folder : folderWith(file, dirname(folder));
}
