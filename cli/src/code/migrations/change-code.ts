import { fillOf } from './describe-change.js';
import type {
  ColumnShape,
  IndexShape,
  Portable,
  SchemaChange,
} from '../../inspection/database/schema-change.js';

/** Statements of a migration that make a change, and those that undo it. */
interface ChangeCode {
  readonly up: string;
  readonly down: string;
}

/** The code of one change, for both databases. Its indices are made online, while the table is written. */
export function changeCode(change: SchemaChange): ChangeCode {
  const table = text(change.table);
  switch (change.kind) {
    case 'create-table':
      return {
        up: `await runner.createTable(new Table(${object({
          name: table,
          columns: `[${change.shape.columns.map(columnCode).join(', ')}]`,
          ...(change.shape.indices.length > 0 && {
            indices: `[${change.shape.indices.map(indexCode).join(', ')}]`,
          }),
        })}));`,
        down: `await runner.dropTable(${table});`,
      };
    case 'rename-column':
      return {
        up: `await runner.renameColumn(${table}, ${text(change.from)}, ${text(change.to)});`,
        down: `await runner.renameColumn(${table}, ${text(change.to)}, ${text(change.from)});`,
      };
    case 'add-column':
      return { up: adding(table, change.column), down: dropping(table, change.column) };
    case 'drop-column':
      return { up: dropping(table, change.column), down: restoring(table, change.column) };
    case 'change-column':
      return {
        up: altering(table, change.before, change.after),
        down: altering(table, change.after, change.before),
      };
    case 'create-index':
      return { up: indexing(table, change.index), down: unindexing(table, change.index) };
    case 'drop-index':
      return { up: unindexing(table, change.index), down: indexing(table, change.index) };
  }
}

/**
 * A column that must have a value needs one in the rows that are there, also where the entity states none. The default stays:
 * processes of the version before insert rows without the column until all are replaced.
 */
function adding(table: string, column: ColumnShape): string {
  const added = isFilled(column) ? column : { ...column, default: fillOf(column) };
  return `await runner.addColumn(${table}, new TableColumn(${columnCode(added)}));`;
}

/** The column as it was, without the default that existing rows need. */
function restoring(table: string, column: ColumnShape): string {
  if (isFilled(column)) return adding(table, column);
  const place = object({ table, column: text(column.name) });
  return `${adding(table, column)}\nawait alterColumn(runner, ${place}, { default: null });`;
}

const isFilled = (column: ColumnShape): boolean => Boolean(column.nullable) || column.default !== undefined;

const dropping = (table: string, { name }: ColumnShape): string =>
  `await runner.dropColumn(${table}, ${text(name)});`;

function altering(table: string, before: ColumnShape, after: ColumnShape): string {
  const isRequired = before.nullable && !after.nullable;
  const hasType = code(fullType(before)) !== code(fullType(after));
  const hasDefault = before.default !== undefined || after.default !== undefined;
  const differs = hasDefault && JSON.stringify(before.default) !== JSON.stringify(after.default);
  return `await alterColumn(runner, ${object({ table, column: text(after.name) })}, ${object({
    ...(hasType && { type: code(fullType(after)) }),
    ...(before.nullable !== after.nullable && { nullable: String(after.nullable ?? false) }),
    ...(isRequired && { fill: code(after.default ?? fillOf(after)) }),
    ...(differs && { default: after.default === undefined ? 'null' : code(after.default) }),
  })});`;
}

function fullType({ type, length }: ColumnShape): Portable {
  const sized = (name: string) => (length ? `${name}(${length})` : name);
  return typeof type === 'string'
    ? sized(type)
    : { sqlite: sized(type.sqlite), postgres: sized(type.postgres) };
}

function indexing(table: string, index: IndexShape): string {
  return index.constraint
    ? `await runner.createUniqueConstraint(${table}, new TableUnique(${indexCode(index)}));`
    : `await createIndexOnline(runner, ${table}, new TableIndex(${indexCode(index)}));`;
}

function unindexing(table: string, index: IndexShape): string {
  return index.constraint
    ? `await runner.dropUniqueConstraint(${table}, ${text(index.name)});`
    : `await dropIndexOnline(runner, ${table}, new TableIndex(${indexCode(index)}));`;
}

function columnCode({ name, type, length, nullable, primary, generated, ...more }: ColumnShape): string {
  return object({
    name: text(name),
    type: code(type),
    ...(length && { length: text(length) }),
    ...(primary && { isPrimary: 'true' }),
    ...(generated && { isGenerated: 'true', generationStrategy: text(generated) }),
    ...(nullable && { isNullable: 'true' }),
    ...(more.default !== undefined && { default: code(more.default) }),
  });
}

const indexCode = ({ name, columns, unique, where, constraint }: IndexShape): string =>
  object({
    name: text(name),
    columnNames: `[${columns.map(text).join(', ')}]`,
    ...(unique && !constraint && { isUnique: 'true' }),
    ...(where && { where: text(where) }),
  });

const object = (fields: Readonly<Record<string, string>>): string =>
  `{ ${Object.entries(fields)
    .map(([key, value]) => (key === value ? key : `${key}: ${value}`))
    .join(', ')} }`;

const text = (value: string): string => JSON.stringify(value);

const code = (value: Portable): string =>
  typeof value === 'string' ? text(value) : `postgres ? ${text(value.postgres)} : ${text(value.sqlite)}`;
