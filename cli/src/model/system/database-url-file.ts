import { join } from 'node:path';
import type { Service } from './system.js';

/**
 * The file in which the containers of a system store the URL of a service's database for this machine; ignored by git.
 */
export const databaseUrlFileOf = (root: string, { name }: Pick<Service, 'name'>): string =>
  join(root, '.msx/databases', `${name}.url`);
