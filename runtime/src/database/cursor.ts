import { isId } from './id.js';

/** A place in a sorted list: the value and the id of a row, which need not exist any longer. */
export interface Place {
  readonly value: string | number;
  readonly id: string;
}

/** Beyond what the longest sortable text comes to; nobody's list is searched for more. */
const MAX_LENGTH = 2_048;

/** @param sort the name of the order in which the list is; a cursor is good for that one alone */
export function encodeCursor(sort: string, { value, id }: Place): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString('base64url');
}

/** The place that a cursor of this sort names; undefined for what is none. Whoever makes one up only asks for a place. */
export function decodeCursor(sort: string, cursor: string): Place | undefined {
  if (cursor.length > MAX_LENGTH) return undefined;
  const read: unknown = parsed(Buffer.from(cursor, 'base64url').toString());
  if (!Array.isArray(read) || read.length !== 3) return undefined;
  const [sorted, value, id] = read as unknown[];
  if (sorted !== sort || typeof id !== 'string' || !isId(id)) return undefined;
  return isSortable(value) ? { value, id } : undefined;
}

/** A NUL is nothing that PostgreSQL could compare with. */
function isSortable(value: unknown): value is string | number {
  return typeof value === 'string' ? !value.includes('\0') : Number.isSafeInteger(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
