import { resolve } from 'node:path';

/** Where the data is: a SQLite file (absolute path, never `:memory:`) or a PostgreSQL server. */
export type DatabaseAddress =
  | { readonly driver: 'sqlite'; readonly file: string }
  | { readonly driver: 'postgres'; readonly url: string; readonly at: string };

/**
 * Reads `sqlite:<file>` (relative to the working directory) or `postgres://user:password@host:port/database`.
 * Undefined for anything else, so that the value, which may hold a password, never ends up in a message.
 */
export function parseDatabaseUrl(url: string): DatabaseAddress | undefined {
  const [, file] = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url) ?? [];
  if (file) return { driver: 'sqlite', file: resolve(file) };
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) return undefined;
  const { hostname, port, pathname } = new URL(url);
  return { driver: 'postgres', url, at: `${hostname}:${port || 5432}${pathname}` };
}
