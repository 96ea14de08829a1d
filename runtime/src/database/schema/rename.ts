import { StartupError } from '../../startup/startup-error.js';
import type { IndexShape, TableShape } from './shapes.js';

/** A column that has another name in its entity: without it, a comparison sees a column that went and another that came. */
export interface Rename {
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

const RENAME = /^--rename=(\w+)\.(\w+)=(\w+)$/;

/** Reads `--rename=table.old=new`. @throws StartupError CONFIG_INVALID */
export function renamesIn(args: readonly string[]): Rename[] {
  return args
    .filter((each) => each.startsWith('--rename'))
    .map((each) => {
      const [, table, from, to] = RENAME.exec(each) ?? [];
      if (table && from && to) return { table, from, to };
      throw new StartupError('CONFIG_INVALID', `${each} must have the form --rename=table.old=new`);
    });
}

/** The tables after the renames. @throws StartupError CONFIG_INVALID */
export function renamed(tables: readonly TableShape[], renames: readonly Rename[]): TableShape[] {
  return renames.reduce(
    (all, { table, from, to }) => {
      const columns = all.find(({ name }) => name === table)?.columns.map(({ name }) => name);
      if (!columns?.includes(from) || columns.includes(to)) {
        const reason = columns?.includes(to) ? `already has the column ${to}` : `has no column ${from}`;
        throw new StartupError('CONFIG_INVALID', `--rename: the table ${table} ${reason}`);
      }
      return all.map((each) => (each.name === table ? withName(each, { from, to }) : each));
    },
    [...tables],
  );
}

function withName(table: TableShape, { from, to }: Omit<Rename, 'table'>): TableShape {
  const named = (name: string) => (name === from ? to : name);
  return {
    ...table,
    columns: table.columns.map((column) => ({ ...column, name: named(column.name) })),
    indices: table.indices.map((index): IndexShape => ({ ...index, columns: index.columns.map(named) })),
  };
}
