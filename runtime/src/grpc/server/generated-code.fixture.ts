import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';

/** How ts-proto decodes each field of a message: by its tag, into the message. */
type Fields<T> = Readonly<Record<number, (message: T, reader: BinaryReader) => void>>;

interface Codec<T> {
  decode(input: Uint8Array, length?: number): T;
}

/** A decoder like those that ts-proto generates: it accepts a reader, and skips what it does not know. */
function codec<T>(base: () => T, fields: Fields<T>): Codec<T> {
  return {
    decode(input: BinaryReader | Uint8Array, length?: number): T {
      const reader = input instanceof BinaryReader ? input : new BinaryReader(input);
      const end = length === undefined ? reader.len : reader.pos + length;
      const message = base();
      while (reader.pos < end) {
        const tag = reader.uint32();
        const field = fields[tag];
        if (field) {
          field(message, reader);
          continue;
        }
        if ((tag & 7) === 4 || tag === 0) break;
        reader.skip(tag & 7);
      }
      return message;
    },
  };
}

/** As in generated code. */
function longToNumber(int64: bigint | string): number {
  const number = Number(int64);
  if (number > Number.MAX_SAFE_INTEGER) throw new Error('Value is larger than Number.MAX_SAFE_INTEGER');
  if (number < Number.MIN_SAFE_INTEGER) throw new Error('Value is smaller than Number.MIN_SAFE_INTEGER');
  return number;
}

const inner = <T>(of: Codec<T>, reader: BinaryReader): T =>
  of.decode(reader as unknown as Uint8Array, reader.uint32());

interface Price {
  minorUnits: number;
  currencyCode: string;
}

const Price = codec<Price>(() => ({ minorUnits: 0, currencyCode: '' }), {
  8: (price, reader) => (price.minorUnits = longToNumber(reader.int64())),
  18: (price, reader) => (price.currencyCode = reader.string()),
});

interface Item {
  price: Price | undefined;
}

const Item = codec<Item>(() => ({ price: undefined }), {
  10: (item, reader) => (item.price = inner(Price, reader)),
});

interface Seconds {
  seconds: number;
}

const Seconds = codec<Seconds>(() => ({ seconds: 0 }), {
  8: (time, reader) => (time.seconds = longToNumber(reader.int64())),
});

export interface Order {
  id: string;
  items: Item[];
  counts: number[];
  placedAt: Date | undefined;
}

/** `string id = 1; repeated Item items = 2; repeated int64 counts = 3; google.protobuf.Timestamp placed_at = 4;` */
export const Order = codec<Order>(() => ({ id: '', items: [], counts: [], placedAt: undefined }), {
  10: (order, reader) => (order.id = reader.string()),
  18: (order, reader) => order.items.push(inner(Item, reader)),
  26: (order, reader) => {
    const end = reader.uint32() + reader.pos;
    while (reader.pos < end) order.counts.push(longToNumber(reader.int64()));
  },
  34: (order, reader) => (order.placedAt = new Date(inner(Seconds, reader).seconds * 1000)),
});

/** A message of one field with these bytes: a text, or a message. */
export const field = (number: number, content: Uint8Array): Buffer =>
  Buffer.from(new BinaryWriter().tag(number, 2).bytes(content).finish());

/** A message of one int64. */
export const int64 = (number: number, value: bigint): Buffer =>
  Buffer.from(new BinaryWriter().tag(number, 0).int64(value).finish());
