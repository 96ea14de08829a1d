import type { Service } from './system.js';

/** The database of a service on a server of many, and its role there; called like its SQLite file, if it has one. */
export const databaseNameOf = ({ name, database }: Pick<Service, 'name' | 'database'>): string =>
  (database?.file ?? name).replace(/\.db$/, '').replaceAll('-', '_');
