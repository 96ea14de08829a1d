/** The part of kafkajs's `Encoder` that is used here. Its methods return itself. */
export interface Encoder {
  writeInt8(value: number): Encoder;
  writeInt16(value: number): Encoder;
  writeInt32(value: number): Encoder;
  writeBoolean(value: boolean): Encoder;
  writeString(value: string | null): Encoder;
  writeUVarInt(value: number): Encoder;
  writeUVarIntString(value: string | null): Encoder;
}

/** The part of kafkajs's `Decoder` that is used here. */
export interface Decoder {
  readInt8(): number;
  readInt16(): number;
  readInt32(): number;
  readInt64(): { toString(): string };
  readBoolean(): boolean;
  readString(): string | null;
  readBytes(length: number): Buffer;
  readArray<T>(item: (decoder: Decoder) => T): T[];
  readUVarInt(): number;
  /** A compact string; null is absent. */
  readUVarIntString(): string | null;
  /** A compact array; null is absent. */
  readUVarIntArray<T>(item: (decoder: Decoder) => T): T[] | null;
}

interface Codecs {
  readonly Encoder: new () => Encoder;
  readonly Decoder: new (bytes: Buffer) => Decoder;
}

/** What kafkajs encodes requests with, and decodes responses. */
export async function kafkajsCodecs(): Promise<Codecs> {
  const [encoder, decoder] = await Promise.all([
    // @ts-expect-error -- kafkajs has no types for its internals
    import('kafkajs/src/protocol/encoder.js') as Promise<{ default: Codecs['Encoder'] }>,
    // @ts-expect-error -- kafkajs has no types for its internals
    import('kafkajs/src/protocol/decoder.js') as Promise<{ default: Codecs['Decoder'] }>,
  ]);
  return { Encoder: encoder.default, Decoder: decoder.default };
}
