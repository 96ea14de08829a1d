import type { Service } from './system.js';

/**
 * The name of a service's database on a shared server, and of its role there: that of its SQLite file, if it has one.
 */
export const databaseNameOf = ({ name, database }: Pick<Service, 'name' | 'database'>): string =>
  (database?.file ?? name).replace(/\.db$/, '').replaceAll('-', '_');
