import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Log } from '../log-line.js';
import { Malformed } from '../wire/malformed.js';
import { FrameSplitter } from './frame-splitter.js';

/** Unread bytes beyond which the client is not read from until its earlier requests are answered. */
const READ_AHEAD = 1 << 20;
/** A connection that says nothing for so long is closed (Kafka's connections.max.idle.ms). */
const IDLE_MS = 600_000;

export interface Peer {
  readonly host: string;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
}

/** The answer's bytes, or undefined if the request wants none. */
export type Answerer = (frame: Buffer, peer: Peer) => Promise<Buffer[] | undefined>;

/** A request after which the connection is of no use; closing it is how Kafka says so. */
export class Hangup extends Error {
  override name = 'Hangup';
}

/** One client. Its requests are answered one after another, in their order, as fast as it takes the answers. */
export class Connection {
  private readonly frames: FrameSplitter;
  private readonly gone = new AbortController();
  private busy = false;

  constructor(
    private readonly socket: Socket,
    private readonly answer: Answerer,
    private readonly limits: { maxFrame: number; log: Log },
  ) {
    this.frames = new FrameSplitter(limits.maxFrame);
    socket.setNoDelay(true).setKeepAlive(true, 30_000);
    socket.setTimeout(IDLE_MS, () => this.busy || socket.destroy());
    socket.on('data', (chunk) => this.receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.gone.abort());
  }

  close(): void {
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    this.frames.push(chunk);
    if (this.busy && this.frames.buffered > READ_AHEAD) this.socket.pause();
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
      this.giveUp(error as Error);
    }
    this.busy = false;
    this.socket.resume();
  }

  private async send(chunks: Buffer[]): Promise<void> {
    if (this.gone.signal.aborted) return;
    this.socket.cork();
    const isTaken = chunks.map((chunk) => this.socket.write(chunk)).at(-1);
    this.socket.uncork();
    if (!isTaken) await once(this.socket, 'drain', { signal: this.gone.signal });
  }

  private giveUp(error: Error): void {
    const isTheirs = error instanceof Malformed || error instanceof Hangup;
    const detail = { client: this.socket.remoteAddress, err: isTheirs ? error.message : error.stack };
    if (!this.gone.signal.aborted) this.limits.log(isTheirs ? 'warn' : 'error', 'connection closed', detail);
    this.socket.destroy();
  }
}
