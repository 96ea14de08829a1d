import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { wireOf, type Api, type RequestOf } from '../wire/api.js';
import type { Input, Infer, Shape } from '../wire/field.js';
import { Reader } from '../wire/reader.js';
import { Writer } from '../wire/writer.js';
import { FrameSplitter } from './frame-splitter.js';

const API_VERSIONS = 18;

type Body = { correlationId?: number } & Record<string, unknown>;

/** The bytes of a request, length included. */
export const requestFrame = (api: Api, version: number, { correlationId = 1, ...body }: Body): Buffer => {
  const wire = wireOf(api, version);
  const writer = new Writer();
  writer.int16(api.key);
  writer.int16(version);
  writer.int32(correlationId);
  writer.int16(4);
  writer.raw(Buffer.from('test'));
  if (wire.flexible) writer.uvarint(0);
  api.request.write(writer, body, wire);
  const length = Buffer.alloc(4);
  length.writeInt32BE(writer.length);
  return Buffer.concat([length, ...writer.chunks()]);
};

/** A client with its own socket, for any version and for invalid requests. */
export class WireClient {
  private readonly frames = new FrameSplitter({ maxFrame: 1 << 30 });
  private readonly pending: ((frame: Buffer) => void)[] = [];
  private readonly arrived: Buffer[] = [];
  readonly closed: Promise<unknown>;

  private constructor(readonly socket: Socket) {
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      this.frames.push(chunk);
      for (let frame = this.frames.next(); frame; frame = this.frames.next()) {
        const next = this.pending.shift();
        if (next) next(frame);
        else this.arrived.push(frame);
      }
    });
  }

  static async to(port: number): Promise<WireClient> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new WireClient(socket);
  }

  /** A client of a connection that exists already, such as one with TLS. */
  static over(socket: Socket): WireClient {
    return new WireClient(socket);
  }

  /** The bytes of the next response, without the length. */
  frame(): Promise<Buffer> {
    const frame = this.arrived.shift();
    return frame ? Promise.resolve(frame) : new Promise((resolve) => this.pending.push(resolve));
  }

  async call<Req extends Shape, Res extends Shape>(
    api: Api<Req, Res>,
    version: number,
    body: Input<RequestOf<Api<Req, Res>>>,
  ): Promise<Infer<Res>> {
    this.socket.write(requestFrame(api as unknown as Api, version, body as Body));
    const reader = new Reader(await this.frame());
    reader.int32();
    const wire = wireOf(api, version);
    if (wire.flexible && api.key !== API_VERSIONS) reader.uvarint();
    return api.response.read(reader, wire);
  }

  close(): void {
    this.socket.destroy();
  }
}
