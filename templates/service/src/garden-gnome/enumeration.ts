// #file enum
import type { ColumnOptions } from 'typeorm';

/** An enum of the contract as the text of its name, which says what it is in SQL, too. May be null. */
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
