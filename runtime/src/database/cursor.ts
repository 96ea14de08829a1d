import { isId } from './id.js';

/** A position in a sorted list: the value and the id of a row that may no longer exist. */
export interface Place {
  readonly value: string | number;
  readonly id: string;
}

/** Longer than the cursor of the longest sortable text; anything beyond is refused unparsed. */
const MAX_LENGTH = 2_048;

/** @param sort the name of the list's sort order; a cursor is valid only for that order */
export function encodeCursor(sort: string, { value, id }: Place): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString('base64url');
}

/**
 * The position that a cursor of this sort order names; undefined when it is invalid. A forged cursor only names a
 * position.
 */
export function decodeCursor(sort: string, cursor: string): Place | undefined {
  if (cursor.length > MAX_LENGTH) return undefined;
  const read: unknown = parsed(Buffer.from(cursor, 'base64url').toString());
  if (!Array.isArray(read) || read.length !== 3) return undefined;
  const [sorted, value, id] = read as unknown[];
  if (sorted !== sort || typeof id !== 'string' || !isId(id)) return undefined;
  return isSortable(value) ? { value, id } : undefined;
}

/** PostgreSQL cannot compare with a NUL. */
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
