import { once } from 'node:events';
import type { Socket } from 'node:net';
import { produce } from '../apis/00-produce.js';
import { Hangup, type Peer } from '../apis/handler.js';
import type { Log } from '../log-line.js';
import { peerSubject } from '../security/peer-subject.js';
import { Malformed } from '../wire/malformed.js';
import type { FrameMemory } from './frame-memory.js';
import { FrameSplitter } from './frame-splitter.js';
import type { Closable } from './connection-quotas.js';
import type { Holder, ReceiveBudget } from './receive-budget.js';
import { Refusal } from './refusal.js';
import type { SendBudget } from './send-budget.js';

/** With more buffered bytes than this, reading is paused until earlier requests are answered (backpressure). */
const READ_AHEAD_BYTES = 1 << 20;

/** What answers the requests of a connection. */
export interface FrameHandler {
  /** Larger requests are refused. */
  readonly maxFrame: number;
  /** Returns the response bytes, or undefined if there is no response. */
  answer(frame: Buffer, peer: Peer): Promise<Buffer[] | undefined>;
}

export interface ConnectionLimits {
  readonly budget: ReceiveBudget;
  readonly sending: SendBudget;
  readonly memory: FrameMemory;
  readonly log: Log;
  /** An idle connection is closed after this long; 0 is never. */
  readonly idleMs: number;
  /** A failed authentication is answered this late, which slows down guessing. */
  readonly refusalDelayMs: number;
}

/** One client connection. Requests are answered in order, one after another, at the speed of the client. */
export class Connection implements Holder, Closable {
  private readonly frames: FrameSplitter;
  private readonly gone = new AbortController();
  private readonly peer: Peer;
  private busy = false;
  private isSending = false;
  private isWaiting = false;
  /** The size of the request that is being answered. */
  private answering = 0;
  usedAt = performance.now();

  constructor(
    private readonly socket: Socket,
    private readonly handler: FrameHandler,
    private readonly limits: ConnectionLimits,
  ) {
    this.frames = new FrameSplitter(handler, limits.memory);
    const room = (): number => limits.sending.room();
    const hold = (bytes: number): (() => void) => limits.sending.hold(bytes);
    const user = peerSubject(socket);
    const host = socket.remoteAddress ?? '';
    this.peer = { host, signal: this.gone.signal, room, hold, ...(user !== undefined && { user }) };
    socket.setNoDelay(true).setKeepAlive(true, 30_000);
    socket.setTimeout(limits.idleMs, () => (this.busy && !this.isSending) || socket.destroy());
    socket.on('data', (chunk) => this.receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.gone.abort();
      limits.budget.leave(this);
    });
  }

  get held(): number {
    return this.frames.buffered + this.answering;
  }

  get isReceiving(): boolean {
    return !this.busy;
  }

  pauseReading(): void {
    this.isWaiting = true;
    this.socket.pause();
  }

  resumeReading(): void {
    this.isWaiting = false;
    this.readOn();
  }

  expire(): void {
    this.fail(new Malformed('the rest of a request did not arrive while other clients waited'));
  }

  close(): void {
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    this.usedAt = performance.now();
    this.frames.push(chunk);
    if (this.busy && this.frames.buffered > READ_AHEAD_BYTES) this.socket.pause();
    if (!this.busy) void this.work();
    this.limits.budget.update(this);
  }

  private async work(): Promise<void> {
    this.busy = true;
    try {
      for (let frame = this.frames.next(); frame && !this.gone.signal.aborted; frame = this.frames.next())
        await this.respond(frame);
    } catch (error) {
      return this.refuse(error as Error);
    }
    this.busy = false;
    this.answering = 0;
    if (this.gone.signal.aborted) return;
    this.readOn();
    this.limits.budget.update(this);
  }

  private readOn(): void {
    if (!this.isWaiting) this.socket.resume();
  }

  private async respond(frame: Buffer): Promise<void> {
    this.answering = frame.length;
    const chunks = await this.handler.answer(frame, this.peer);
    // The records are in the log; handlers of other requests may keep parts of them.
    if (isProduce(frame)) this.frames.reuse();
    if (chunks) await this.send(chunks);
  }

  private async send(chunks: Buffer[]): Promise<void> {
    if (this.gone.signal.aborted) return;
    if (this.write(chunks)) return;
    const release = this.limits.sending.hold(chunks.reduce((sum, { length }) => sum + length, 0));
    this.isSending = true;
    try {
      await once(this.socket, 'drain', { signal: this.gone.signal });
    } finally {
      this.isSending = false;
      release();
    }
  }

  /** Returns whether the client reads as fast as it is answered. */
  private write([first, ...others]: Buffer[]): boolean {
    if (others.length === 0) return this.socket.write(first!);
    this.socket.cork();
    const isFlushed = [first!, ...others].map((chunk) => this.socket.write(chunk)).at(-1)!;
    this.socket.uncork();
    return isFlushed;
  }

  /** Closes the connection; a failed authentication is answered first. It stays busy, so nothing more is read. */
  private async refuse(error: Error): Promise<void> {
    if (error instanceof Refusal) {
      await new Promise((resolve) => setTimeout(resolve, this.limits.refusalDelayMs).unref());
      for (const chunk of error.response ?? []) this.socket.write(chunk);
    }
    this.fail(error);
  }

  private fail(error: Error): void {
    const isClientError = error instanceof Malformed || error instanceof Hangup;
    const detail = { client: this.socket.remoteAddress, err: isClientError ? error.message : error.stack };
    const isLogged = error instanceof Hangup && error.isLogged;
    // A client that has gone while it was answered is told by an error of its socket, before that is closed.
    const isGone = this.gone.signal.aborted || this.socket.destroyed;
    if (!isGone && !isLogged) this.limits.log(isClientError ? 'warn' : 'error', 'connection closed', detail);
    if (error instanceof Refusal) this.socket.destroySoon();
    else this.socket.destroy();
  }
}

const isProduce = (frame: Buffer): boolean => frame.length > 1 && frame.readInt16BE() === produce.key;
