// The types of the message tables, with the names of Apache's message definitions.
import { Field, type Infer, type Shape, type Type, type Wire } from './field.js';
import { Malformed } from './malformed.js';
import type { Reader } from './reader.js';
import { Struct } from './struct.js';
import type { Writer } from './writer.js';

const scalar = <T>(type: Omit<Type<T>, 'zero'>, zero: T): Field<T> =>
  new Field({ ...type, zero: () => zero });

type NumberKind = 'int8' | 'int16' | 'uint16' | 'int32' | 'int64' | 'float64';

const number = (kind: NumberKind): Field<number> =>
  scalar({ kind, write: (w, value) => w[kind](value), read: (r) => r[kind]() }, 0);

export const int8 = number('int8');
export const int16 = number('int16');
export const uint16 = number('uint16');
export const int32 = number('int32');
export const int64 = number('int64');
export const float64 = number('float64');

export const bool = scalar<boolean>(
  { kind: 'bool', write: (w, value) => w.int8(value ? 1 : 0), read: (r) => r.int8() !== 0 },
  false,
);

/** 32 hexadecimal digits. */
export const uuid = scalar<string>(
  {
    kind: 'uuid',
    write: (w, value) => w.raw(Buffer.from(value, 'hex')),
    read: (r) => r.slice(16).toString('hex'),
  },
  '0'.repeat(32),
);

/**
 * Lengths have a fixed width in old versions, where -1 is null; in flexible versions they are a varint of length + 1.
 */
type Width = 'int16' | 'int32';
const lengthOf = (width: Width) => ({
  write(w: Writer, length: number, { flexible }: Wire): void {
    if (flexible) w.uvarint(length + 1);
    else w[width](length);
  },
  read(r: Reader, { flexible }: Wire): number {
    const length = flexible ? r.uvarint() - 1 : r[width]();
    if (length > r.rest) throw new Malformed(`a length of ${length}, but only ${r.rest} bytes are left`);
    return length;
  },
});
const shortLength = lengthOf('int16');
const longLength = lengthOf('int32');

const sized = <T>(
  kind: string,
  size: ReturnType<typeof lengthOf>,
  { to, from, zero }: { to(value: T): Buffer; from(bytes: Buffer): T; zero: T },
): Field<T> =>
  scalar(
    {
      kind,
      write: (w, value, wire) => {
        const bytes = to(value);
        size.write(w, bytes.length, wire);
        w.raw(bytes);
      },
      writeNull: (w, wire) => size.write(w, -1, wire),
      read: (r, wire) => {
        const length = size.read(r, wire);
        return length < 0 ? null : from(r.slice(length));
      },
    },
    zero,
  );

const asIs = { to: (b: Buffer) => b, from: (b: Buffer) => b, zero: Buffer.alloc(0) };

export const string = sized<string>('string', shortLength, {
  to: (value) => Buffer.from(value),
  from: (bytes) => bytes.toString(),
  zero: '',
});
export const bytes = sized<Buffer>('bytes', longLength, asIs);
/** Record batches, which only the log parses. */
export const records = sized<Buffer>('records', longLength, asIs);

const list = <T>(item: Type<T>, element: Pick<Field<T>, 'read' | 'write'>): Field<T[]> =>
  new Field<T[]>({
    ...(item.writeInSteps && { writeInSteps: stepsOf(item) }),
    kind: `[]${item.kind}`,
    item,
    zero: () => [],
    write: (w, values, wire) => {
      longLength.write(w, values.length, wire);
      for (const value of values) element.write(w, value, wire);
    },
    writeNull: (w, wire) => longLength.write(w, -1, wire),
    read: (r, wire) => {
      const length = longLength.read(r, wire);
      if (length < 0) return null;
      r.expectEntries(length);
      const values: T[] = [];
      for (let left = length; left > 0; left--) values.push(element.read(r, wire));
      return values;
    },
  });

const stepsOf = <T>(item: Type<T>) =>
  function* (writer: Writer, values: T[], wire: Wire): Generator<void> {
    longLength.write(writer, values.length, wire);
    for (const value of values) {
      yield* item.writeInSteps!(writer, value, wire);
      yield;
    }
  };

/** A list of plain values. */
export const array = <T>(item: Field<T>): Field<T[]> => list(item.type, item);

/** A list of structs. */
export const arrayOf = <S extends Shape>(shape: S): Field<Infer<S>[]> => {
  const item = new Struct(shape);
  return list<Infer<S>>(item, item);
};

export const struct = <S extends Shape>(shape: S): Field<Infer<S>> => new Field<Infer<S>>(new Struct(shape));
