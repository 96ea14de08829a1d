import type { ColumnShape, SchemaChange } from '../../inspection/database/schema-change.js';

/** A change as a phrase: `adds users.nickname`. */
export function describeChange(change: SchemaChange): string {
  const { table } = change;
  switch (change.kind) {
    case 'create-table':
      return `creates the table ${table}`;
    case 'rename-column':
      return `renames ${table}.${change.from} to ${change.to}`;
    case 'add-column':
      return `adds ${table}.${change.column.name}${filled(change.column)}`;
    case 'drop-column':
      return `drops ${table}.${change.column.name} with its data`;
    case 'change-column':
      return `changes ${table}.${change.after.name}${required(change.before, change.after)}`;
    case 'create-index':
      return `indexes ${table} by ${change.index.columns.join(', ')}${change.index.unique ? ', which must be unique' : ''}`;
    case 'drop-index':
      return `drops the index ${change.index.name} of ${table}`;
  }
}

/** The value of a column in the rows that are there, as SQL, if its entity states none. */
export function fillOf({ type, json }: ColumnShape): string {
  if (json) return "'null'";
  const text = typeof type === 'string' ? type : `${type.sqlite} ${type.postgres}`;
  if (/^bool/.test(text)) return 'false';
  if (/\buuid\b/.test(text)) return "'00000000-0000-0000-0000-000000000000'";
  if (/date|timestamp/.test(text)) return "'1970-01-01 00:00:00'";
  return /int|numeric|decimal|real|double|float/.test(text) ? '0' : "''";
}

const filled = (column: ColumnShape): string =>
  column.nullable || column.default !== undefined ? '' : `, which is ${fillOf(column)} in existing rows`;

const required = (before: ColumnShape, after: ColumnShape): string =>
  before.nullable && !after.nullable ? ', which must have a value' : '';
