import type { Peer } from '../apis/handler.js';
import type { FrameHandler } from '../server/connection.js';
import { wireOf, type Api, type RequestOf } from '../wire/api.js';
import type { Infer, Input, Shape } from '../wire/field.js';
import { Reader } from '../wire/reader.js';
import { Writer } from '../wire/writer.js';

/** Takes a request frame to the broker and brings its response, both without their length. */
export type Exchange = (frame: Buffer) => Promise<Buffer>;

const API_VERSIONS = 18;
const LENGTH_BYTES = 4;
const CLIENT_ID = 'msx-broker-testing';

/** A peer that never disconnects: the program that the broker runs in. */
export const ownPeer: Peer = {
  host: '127.0.0.1',
  signal: new AbortController().signal,
  room: () => Infinity,
  hold: () => () => {},
};

export const exchangeWith = async (
  answer: FrameHandler['answer'],
  frame: Buffer,
  peer: Peer,
): Promise<Buffer> => {
  const chunks = await answer(frame, peer);
  return Buffer.concat(chunks ?? []).subarray(LENGTH_BYTES);
};

/** Calls the latest version of an API. */
export const call = async <Req extends Shape, Res extends Shape>(
  exchange: Exchange,
  api: Api<Req, Res>,
  body: Input<RequestOf<Api<Req, Res>>>,
): Promise<Infer<Res>> => {
  const wire = wireOf(api, api.versions[1]);
  const writer = new Writer();
  writer.int16(api.key);
  writer.int16(wire.version);
  writer.int32(0);
  writer.int16(CLIENT_ID.length);
  writer.raw(Buffer.from(CLIENT_ID));
  if (wire.flexible) writer.uvarint(0);
  api.request.write(writer, body as Record<string, unknown>, wire);
  const reader = new Reader(await exchange(Buffer.concat(writer.chunks())));
  reader.int32();
  if (wire.flexible && api.key !== API_VERSIONS) reader.uvarint();
  return api.response.read(reader, wire);
};
