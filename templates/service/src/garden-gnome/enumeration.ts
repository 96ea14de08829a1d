// #file enum
import type { ColumnOptions } from 'typeorm';

/** Stores an enum of the contract by its name, so that it is readable in SQL. May be null. */
export function enumeration<E extends number>(
  toText: (value: E) => string,
  fromText: (text: string) => E,
): ColumnOptions {
  return {
    type: 'varchar',
    transformer: {
      to: (value?: E | null) => (typeof value === 'number' ? toText(value) : value),
      from: (text: string | null) => (text === null ? null : fromText(text)),
    },
  };
}
