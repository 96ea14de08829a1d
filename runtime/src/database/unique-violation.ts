const CODES = new Set(['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);

/**
 * Whether the database refused a row that violates a unique constraint: TypeORM's QueryFailedError with a code of
 * PostgreSQL or SQLite. It is recognized by its shape, so that services without a database do not load TypeORM.
 */
export function isUniqueViolation(error: unknown): boolean {
  const code = (error as { driverError?: { code?: string } } | undefined)?.driverError?.code;
  return code !== undefined && CODES.has(code);
}
