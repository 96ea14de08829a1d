import type { Api } from '../wire/api.js';
import { wireOf } from '../wire/api.js';
import type { Infer } from '../wire/field.js';
import type { Reader } from '../wire/reader.js';
import { Struct } from '../wire/struct.js';
import { int16, int32, string } from '../wire/types.js';
import { Writer } from '../wire/writer.js';

/** The common header of all requests. The client id is never a compact string. */
const requestHeader = new Struct({
  apiKey: int16,
  apiVersion: int16,
  correlationId: int32,
  clientId: string.nullable().default(null),
});
const tags = new Struct({});

export type RequestHeader = Infer<typeof requestHeader.shape>;

export const readHeader = (reader: Reader): RequestHeader =>
  requestHeader.read(reader, { version: 0, flexible: false });

/** Reads the body that belongs to a header; flexible requests have tagged fields between the two. */
export const readBody = <A extends Api>(
  { request, flexible }: A,
  version: number,
  reader: Reader,
): unknown => {
  const wire = wireOf({ flexible }, version);
  if (wire.flexible) tags.read(reader, wire);
  return request.read(reader, wire);
};

const API_VERSIONS = 18;

/**
 * A whole response frame. The header of flexible responses has tagged fields too, but not that of ApiVersions:
 * a client must be able to read it before it knows the versions of the broker (KIP-511).
 */
export const writeResponse = (
  api: Api,
  { apiVersion, correlationId }: RequestHeader,
  body: object,
): Buffer[] => {
  const wire = wireOf(api, apiVersion);
  const writer = new Writer();
  writer.int32(0); // the length, which is known at the end
  writer.int32(correlationId);
  if (wire.flexible && api.key !== API_VERSIONS) tags.write(writer, {}, wire);
  api.response.write(writer, body as Record<string, unknown>, wire);
  const chunks = writer.chunks();
  chunks[0]!.writeInt32BE(writer.length - 4);
  return chunks;
};
