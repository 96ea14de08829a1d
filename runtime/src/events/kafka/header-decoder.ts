/** The part of kafkajs's `protocol/decoder` that the patch changes. */
export interface Decoder {
  readVarIntArray(read: (decoder: Decoder) => DecodedHeader): unknown;
}

interface DecodedHeader {
  readonly key: string;
  readonly value: Buffer | null;
}

/** The headers of a message by name; a name that repeats has an array. */
type Headers = Record<string, Buffer | null | (Buffer | null)[]>;

/** The prototype of kafkajs's decoder, which only the headers of a record are read with as an array of varint length. */
export async function importDecoder(): Promise<Decoder> {
  // @ts-expect-error -- kafkajs has no types for its internals
  const { default: decoder } = await import('kafkajs/src/protocol/decoder.js');
  return (decoder as { prototype: Decoder }).prototype;
}

/**
 * kafkajs copies all headers for each further one, in time quadratic in their number, and takes `__proto__` and `constructor`
 * for names that are there already. It collects them by `reduce`, which is replaced here.
 */
export function patchHeaders(decoder: Decoder): void {
  const readArray = decoder.readVarIntArray;
  decoder.readVarIntArray = function (this: Decoder, read) {
    const decoded = readArray.call(this, read) as DecodedHeader[];
    return { reduce: () => byName(decoded) };
  };
}

function byName(decoded: readonly DecodedHeader[]): Headers {
  const headers = Object.create(null) as Headers;
  for (const { key, value } of decoded) {
    const earlier = headers[key];
    if (earlier === undefined) headers[key] = value;
    else if (Array.isArray(earlier)) earlier.push(value);
    else headers[key] = [earlier, value];
  }
  return headers;
}
