import type { Socket } from 'node:net';
import type { Log } from '../log-line.js';
import type { ConnectionQuotas, QuotaListener } from './connection-quotas.js';

/** Where connections wait until the quotas admit them. */
export interface Gate {
  readonly quotas: ConnectionQuotas;
  readonly listener: QuotaListener;
  readonly log: Log;
  now(): number;
  admit(socket: Socket): void;
}

/** The connections to a listener that are not admitted yet: nothing of them is read, and each waits for those before it. */
export class WaitingLine {
  private readonly sockets: Socket[] = [];
  /** Until when the acceptance of the first is delayed, once it was counted. */
  private delayedUntil: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isReported = false;

  constructor(private readonly gate: Gate) {}

  join(socket: Socket): void {
    this.sockets.push(socket);
    this.advance();
  }

  /** Admits, in order, all that can be. */
  advance(): void {
    for (let [first] = this.sockets; first; [first] = this.sockets) {
      if (!first.destroyed && this.mustWait()) return;
      this.sockets.shift();
      this.delayedUntil = undefined;
      if (!first.destroyed) this.enter(first);
    }
    this.isReported = false;
  }

  close(): void {
    clearTimeout(this.timer);
    this.sockets.length = 0;
  }

  private mustWait(): boolean {
    const { quotas, listener, now, log } = this.gate;
    this.delayedUntil ??= now() + quotas.delayMs(listener);
    const delay = this.delayedUntil - now();
    clearTimeout(this.timer);
    if (delay > 0) this.timer = setTimeout(() => this.advance(), Math.ceil(delay)).unref();
    const isFull = !quotas.hasRoom(listener);
    if (isFull && !this.isReported) log('warn', 'new connections wait until others are closed');
    this.isReported ||= isFull;
    return delay > 0 || isFull;
  }

  private enter(socket: Socket): void {
    const { quotas, admit, log } = this.gate;
    const address = socket.remoteAddress ?? '';
    const max = quotas.enter(address);
    if (max !== undefined) {
      log('warn', 'connection refused: its address has as many as it may', { client: address, max });
      socket.destroy();
      return;
    }
    socket.on('close', () => quotas.leave(address));
    admit(socket);
  }
}
