import type { ColumnOptions } from 'typeorm';

/**
 * An integer beyond 32 bits, up to Number.MAX_SAFE_INTEGER. PostgreSQL's driver answers int8 as text,
 * SQLite's as a number; the entity always holds a number, or null in a column that may hold nothing.
 */
export const bigInteger = {
  type: 'bigint',
  transformer: {
    to: (value?: number | null) => value,
    from: (value: string | number | null) => (value === null ? null : Number(value)),
  },
} satisfies ColumnOptions;

/** A moment as milliseconds since 1970: of one precision and one order in every database. May be null, too. */
export const moment = {
  type: 'bigint',
  transformer: {
    to: (value?: Date | null) => value?.getTime() ?? value,
    from: (value: string | number | null) => (value === null ? null : new Date(Number(value))),
  },
} satisfies ColumnOptions;
