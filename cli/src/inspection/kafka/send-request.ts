import { kafkajsCodecs } from './kafkajs-codecs.js';
import { protocolError } from './protocol-error.js';
import type { Decoder, Encoder } from './kafkajs-codecs.js';
import type { KafkaNode } from './kafka-node.js';

/** A version of an API that kafkajs does not send by itself. */
export interface KafkaApi {
  readonly key: number;
  readonly name: string;
  readonly version: number;
  /** Whether its headers and structures end with tagged fields (KIP-482). */
  readonly flexible?: boolean;
}

interface Call<T> {
  readonly encode: (body: Encoder) => Encoder;
  readonly decode: (body: Decoder) => T;
}

const UNSUPPORTED_VERSION = 35;

/** Whether a broker serves this version of an API. */
export function serves({ versions }: KafkaNode, { key, version }: KafkaApi): boolean {
  const { minVersion = 0, maxVersion = -1 } = versions[key] ?? {};
  return minVersion <= version && version <= maxVersion;
}

/**
 * Sends a request to a broker through the connection that kafkajs has to it. Throws UNSUPPORTED_VERSION if the broker is
 * older than the request.
 */
export async function sendRequest<T>(
  node: KafkaNode,
  api: KafkaApi,
  { encode, decode }: Call<T>,
): Promise<T> {
  const { key, name, version, flexible = false } = api;
  if (!serves(node, api))
    throw await protocolError(UNSUPPORTED_VERSION, `it does not serve ${name} v${version}`);
  const codecs = await kafkajsCodecs();
  const read = (bytes: Buffer): T => {
    const decoder = new codecs.Decoder(bytes);
    if (flexible) skipTaggedFields(decoder);
    return decode(decoder);
  };
  return node.connectionPool.send<T>({
    request: {
      ...{ apiKey: key, apiVersion: version, apiName: name },
      // kafkajs writes the header up to its tagged fields.
      encode: () =>
        Promise.resolve(encode(flexible ? noTaggedFields(new codecs.Encoder()) : new codecs.Encoder())),
    },
    response: {
      decode: (bytes) => Promise.resolve(read(bytes)),
      parse: (decoded) => Promise.resolve(decoded),
    },
  });
}

/** Ends a structure of a flexible version. */
export const noTaggedFields = (encoder: Encoder): Encoder => encoder.writeUVarInt(0);

/** The end of a structure of a flexible version. kafkajs's own method expects lengths that are one too large. */
export function skipTaggedFields(decoder: Decoder): void {
  for (let left = decoder.readUVarInt(); left > 0; left--) {
    decoder.readUVarInt();
    decoder.readBytes(decoder.readUVarInt());
  }
}

/** The structures of a compact array, each with its tagged fields. */
export const structsOf = <T>(decoder: Decoder, read: (struct: Decoder) => T): T[] =>
  decoder.readUVarIntArray((struct) => {
    const value = read(struct);
    skipTaggedFields(struct);
    return value;
  }) ?? [];
