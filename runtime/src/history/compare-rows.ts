import type { DataSource, ObjectLiteral } from 'typeorm';
import type { HistoryType } from './history-type.js';

/** A column whose value is not what the events say; both as the database stores them. */
export interface FieldDifference {
  readonly field: string;
  readonly row: unknown;
  readonly history: unknown;
}

/** The fields in which two rows of an entity differ. */
export function compareRows(
  source: DataSource,
  { row }: HistoryType,
  [stored, folded]: readonly [ObjectLiteral, ObjectLiteral],
): FieldDifference[] {
  return source.getMetadata(row).columns.flatMap((column) => {
    const persisted = (one: ObjectLiteral): unknown =>
      source.driver.preparePersistentValue(column.getEntityValue(one), column) as unknown;
    const [inRow, inHistory] = [persisted(stored), persisted(folded)];
    if (canonical(inRow) === canonical(inHistory)) return [];
    return [{ field: column.propertyName, row: inRow, history: inHistory }];
  });
}

/** Objects that were stored as JSON may come back with their keys in another order. */
function canonical(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[[{]/.test(text ?? '') ? JSON.stringify(sorted(parsed(text!))) : String(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, sorted(one)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
