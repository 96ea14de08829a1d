import type { QueryRunner, Table, TableColumn } from 'typeorm';
import type { ColumnShape, IndexShape, Portable, TableShape } from './shapes.js';

/** What PostgreSQL calls the types of SQLite that it does not know. */
const ON_POSTGRES: Readonly<Record<string, string>> = { blob: 'bytea', datetime: 'timestamp' };

/** The tables of an open SQLite database, without those of `except`. */
export async function tableShapes(runner: QueryRunner, except: ReadonlySet<string>): Promise<TableShape[]> {
  const tables = await runner.getTables();
  return tables
    .filter(({ name }) => !except.has(name))
    .map((table) => ({
      name: table.name,
      columns: table.columns.map(columnShape),
      indices: indicesOf(table),
    }));
}

function columnShape({
  name,
  type,
  length,
  isNullable,
  isPrimary,
  default: value,
}: TableColumn): ColumnShape {
  return {
    name,
    type: portable(type),
    ...(length && { length }),
    nullable: isNullable,
    ...(isPrimary && { primary: true }),
    ...(value !== undefined && value !== null && { default: String(value) }),
  };
}

const portable = (type: string): Portable =>
  ON_POSTGRES[type] ? { sqlite: type, postgres: ON_POSTGRES[type] } : type;

function indicesOf({ indices, uniques }: Table): IndexShape[] {
  const unique = uniques.map(({ name, columnNames }) => ({
    name,
    columnNames,
    isUnique: true,
    where: undefined,
    constraint: true,
  }));
  const plain = indices.map((index) => ({ ...index, constraint: false }));
  return [...plain, ...unique].map(({ name, columnNames, isUnique, where, constraint }) => ({
    name: name!,
    columns: columnNames,
    ...(isUnique && { unique: true }),
    ...(where && { where }),
    ...(constraint && { constraint }),
  }));
}
