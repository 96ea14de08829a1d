import { setImmediate } from 'node:timers/promises';
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

/** With more entries than this, a response is written in slices, so that other clients do not wait for it. */
const MAX_ENTRIES_AT_ONCE = 500;
/** Other clients are answered after this long. */
const SLICE_MS = 10;

/** As {@link writeResponse}; a large response is written while other clients are answered. */
export const writeAnyResponse = (
  api: Api,
  header: RequestHeader,
  body: object,
): Buffer[] | Promise<Buffer[]> =>
  entriesIn(body) > MAX_ENTRIES_AT_ONCE ? writeInSlices(api, header, body) : writeResponse(api, header, body);

/** The entries of its lists, and of the lists in these. */
const entriesIn = (body: object): number => {
  let entries = 0;
  for (const list of Object.values(body)) {
    if (!Array.isArray(list)) continue;
    entries += list.length;
    for (const item of list)
      if (typeof item === 'object' && item)
        for (const inner of Object.values(item)) if (Array.isArray(inner)) entries += inner.length;
  }
  return entries;
};

const writeInSlices = async (api: Api, header: RequestHeader, body: object): Promise<Buffer[]> => {
  const { writer, wire } = begun(api, header);
  let sliceEnds = 0; // The first slice does not follow the work of the handler at once.
  for (const _ of api.response.writeInSteps(writer, body as Record<string, unknown>, wire)) {
    if (performance.now() < sliceEnds) continue;
    await setImmediate();
    sliceEnds = performance.now() + SLICE_MS;
  }
  return frameOf(writer);
};

/**
 * A whole response frame. The header of flexible responses has tagged fields too, but not that of ApiVersions:
 * a client must be able to read it before it knows the versions of the broker (KIP-511).
 */
export const writeResponse = (api: Api, header: RequestHeader, body: object): Buffer[] => {
  const { writer, wire } = begun(api, header);
  api.response.write(writer, body as Record<string, unknown>, wire);
  return frameOf(writer);
};

const begun = (api: Api, { apiVersion, correlationId }: RequestHeader) => {
  const wire = wireOf(api, apiVersion);
  const writer = new Writer();
  writer.int32(0); // the length, which is known at the end
  writer.int32(correlationId);
  if (wire.flexible && api.key !== API_VERSIONS) tags.write(writer, {}, wire);
  return { writer, wire };
};

const frameOf = (writer: Writer): Buffer[] => {
  const chunks = writer.chunks();
  chunks[0]!.writeInt32BE(writer.length - 4);
  return chunks;
};
