import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Hangup, type Peer } from '../apis/handler.js';
import type { Log } from '../log-line.js';
import { Malformed } from '../wire/malformed.js';
import { FrameSplitter } from './frame-splitter.js';

/** With more buffered bytes than this, reading is paused until earlier requests are answered (backpressure). */
const READ_AHEAD_BYTES = 1 << 20;
/** An idle connection is closed after this long (Kafka's connections.max.idle.ms). */
const IDLE_TIMEOUT_MS = 600_000;

/** Returns the response bytes, or undefined if there is no response. */
export type FrameHandler = (frame: Buffer, peer: Peer) => Promise<Buffer[] | undefined>;

/** One client connection. Requests are answered in order, one after another, at the speed of the client. */
export class Connection {
  private readonly frames: FrameSplitter;
  private readonly gone = new AbortController();
  private busy = false;

  constructor(
    private readonly socket: Socket,
    private readonly answer: FrameHandler,
    private readonly limits: { maxFrame: number; log: Log },
  ) {
    this.frames = new FrameSplitter(limits.maxFrame);
    socket.setNoDelay(true).setKeepAlive(true, 30_000);
    socket.setTimeout(IDLE_TIMEOUT_MS, () => this.busy || socket.destroy());
    socket.on('data', (chunk) => this.receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.gone.abort());
  }

  close(): void {
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    this.frames.push(chunk);
    if (this.busy && this.frames.buffered > READ_AHEAD_BYTES) this.socket.pause();
    if (!this.busy) void this.work();
  }

  private async work(): Promise<void> {
    this.busy = true;
    const peer = { host: this.socket.remoteAddress ?? '', signal: this.gone.signal };
    try {
      for (let frame = this.frames.next(); frame && !this.gone.signal.aborted; frame = this.frames.next()) {
        const chunks = await this.answer(frame, peer);
        if (chunks) await this.send(chunks);
      }
    } catch (error) {
      this.fail(error as Error);
    }
    this.busy = false;
    this.socket.resume();
  }

  private async send(chunks: Buffer[]): Promise<void> {
    if (this.gone.signal.aborted) return;
    this.socket.cork();
    const isFlushed = chunks.map((chunk) => this.socket.write(chunk)).at(-1);
    this.socket.uncork();
    if (!isFlushed) await once(this.socket, 'drain', { signal: this.gone.signal });
  }

  private fail(error: Error): void {
    const isClientError = error instanceof Malformed || error instanceof Hangup;
    const detail = { client: this.socket.remoteAddress, err: isClientError ? error.message : error.stack };
    if (!this.gone.signal.aborted)
      this.limits.log(isClientError ? 'warn' : 'error', 'connection closed', detail);
    this.socket.destroy();
  }
}
