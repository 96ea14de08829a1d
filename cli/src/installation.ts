import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package this code is part of, bundled or not. */
export const packageFolder: string = folderWith('package.json', dirname(fileURLToPath(import.meta.url)));

/** What the engine and the embedded broker are started from. */
export const engineFile: string = join(packageFolder, 'dist/engine.js');
export const brokerFile: string = join(packageFolder, 'dist/broker.js');

/** What msx generates from: packed along with it, or beside it where it is developed. */
export function templateFolder(): string {
  const packed = join(packageFolder, 'templates');
  return existsSync(packed) ? packed : join(packageFolder, '../templates');
}

/** What makes the Secrets of a cluster: a part of images. */
export const secretsFile: string = join(packageFolder, 'dist/secrets.js');

function folderWith(file: string, folder: string): string {
  return existsSync(join(folder, file)) ? folder : folderWith(file, dirname(folder));
}
