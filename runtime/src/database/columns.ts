import type { ColumnOptions } from 'typeorm';

/**
 * An integer beyond 32 bits, up to Number.MAX_SAFE_INTEGER. PostgreSQL's driver answers int8 as text,
 * SQLite's as a number; the entity always holds a number.
 */
export const bigInteger = {
  type: 'bigint',
  transformer: { to: (value?: number) => value, from: (value: string | number) => Number(value) },
} satisfies ColumnOptions;

/** A moment as milliseconds since 1970: of one precision and one order in every database. */
export const moment = {
  type: 'bigint',
  transformer: {
    to: (value?: Date) => value?.getTime(),
    from: (value: string | number) => new Date(Number(value)),
  },
} satisfies ColumnOptions;
