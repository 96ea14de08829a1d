import type { QueryRunner, TableColumn } from 'typeorm';
import { withLockTimeout } from './with-lock-timeout.js';

interface ColumnPlace {
  readonly table: string;
  readonly column: string;
}

/** What changes of a column; the rest of it stays. */
export interface ColumnChange {
  /** With its length, if it has one: `varchar(300)`. */
  readonly type?: string;
  readonly nullable?: boolean;
  /** The value for rows that have none when the column is no longer nullable, as SQL: `''`. */
  readonly fill?: string;
  /** As SQL; null takes the default away. */
  readonly default?: string | null;
}

/**
 * Changes a column in place, on both databases. TypeORM's `changeColumn` drops a column and adds another one when its type or
 * length changes, and with it the data.
 *
 * On PostgreSQL, rows are checked for missing values before the table is locked, for which the migration has
 * `readonly transaction = false`. It may be called again after it was interrupted.
 */
export async function alterColumn(
  runner: QueryRunner,
  { table, column }: ColumnPlace,
  change: ColumnChange,
): Promise<void> {
  const place = { table: `"${table}"`, column: `"${column}"`, check: `"${table}_${column}_present"` };
  if (change.fill !== undefined)
    await runner.query(
      `UPDATE ${place.table} SET ${place.column} = ${change.fill} WHERE ${place.column} IS NULL`,
    );
  if (runner.dataSource.options.type !== 'postgres') return recreate(runner, { table, column }, change);
  for (const statement of statementsOf(place, change))
    await withLockTimeout(runner, () => runner.query(statement));
}

interface QuotedPlace extends ColumnPlace {
  readonly check: string;
}

function statementsOf({ table, column, check }: QuotedPlace, change: ColumnChange): string[] {
  const alter = `ALTER TABLE ${table} ALTER COLUMN ${column}`;
  const statements: string[] = [];
  if (change.type !== undefined)
    statements.push(`${alter} TYPE ${change.type} USING ${column}::${change.type}`);
  if (change.default === null) statements.push(`${alter} DROP DEFAULT`);
  else if (change.default !== undefined) statements.push(`${alter} SET DEFAULT ${change.default}`);
  if (change.nullable === true) statements.push(`${alter} DROP NOT NULL`);
  if (change.nullable === false)
    statements.push(
      `ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${check}`,
      `ALTER TABLE ${table} ADD CONSTRAINT ${check} CHECK (${column} IS NOT NULL) NOT VALID`,
      `ALTER TABLE ${table} VALIDATE CONSTRAINT ${check}`,
      `${alter} SET NOT NULL`,
      `ALTER TABLE ${table} DROP CONSTRAINT ${check}`,
    );
  return statements;
}

/** SQLite has no such statement: TypeORM copies the table. */
async function recreate(
  runner: QueryRunner,
  { table, column }: ColumnPlace,
  change: ColumnChange,
): Promise<void> {
  const found = (await runner.getTable(table))!;
  const before = found.findColumnByName(column)!;
  await runner.changeColumn(found, before, changed(before, change));
}

function changed(before: TableColumn, change: ColumnChange): TableColumn {
  const after = before.clone();
  const [, type, length] = /^(.+?)(?:\((\d+)\))?$/.exec(change.type ?? '') ?? [];
  if (type) Object.assign(after, { type, length: length ?? '' });
  if (change.nullable !== undefined) after.isNullable = change.nullable;
  if (change.default !== undefined) after.default = change.default ?? undefined;
  return after;
}
