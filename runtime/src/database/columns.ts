import type { ColumnOptions } from 'typeorm';

/**
 * An integer beyond 32 bits, up to Number.MAX_SAFE_INTEGER. PostgreSQL's driver returns int8 as text,
 * SQLite's as a number; the entity always holds a number, or null in a nullable column.
 */
export const bigInteger = {
  type: 'bigint',
  transformer: {
    to: (value?: number | null) => value,
    from: (value: string | number | null) => (value === null ? null : Number(value)),
  },
} satisfies ColumnOptions;

/** A timestamp in milliseconds since 1970: same precision and order in every database. It may be nullable. */
export const moment = {
  type: 'bigint',
  transformer: {
    to: (value?: Date | null) => value?.getTime() ?? value,
    from: (value: string | number | null) => (value === null ? null : new Date(Number(value))),
  },
} satisfies ColumnOptions;
