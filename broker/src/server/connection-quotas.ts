import { UNLIMITED_CONNECTIONS, type ConnectionBounds } from '../settings/connection-bounds.js';
import { CreationRate } from './creation-rate.js';

/** A connection that may be closed in favour of another. */
export interface Closable {
  /** When its client last sent something. */
  readonly usedAt: number;
  close(): void;
}

/** A listener as the quotas see it. */
export interface QuotaListener {
  /**
   * The listener between brokers, if there are others: it is admitted to beyond the limit of the broker, and
   * connections of the others are closed for it.
   */
  readonly isProtected: boolean;
  connections(): Iterable<Closable>;
  /** There may be room for connections that wait. */
  wake(): void;
}

/** How many connections all listeners of a broker have, and may have (Kafka's ConnectionQuotas). */
export class ConnectionQuotas {
  private total = 0;
  private readonly ofAddress = new Map<string, number>();
  private readonly listeners = new Set<QuotaListener>();
  private readonly rate = new CreationRate();

  constructor(
    private readonly bounds: () => ConnectionBounds,
    private readonly now: () => number,
  ) {}

  add(listener: QuotaListener): void {
    this.listeners.add(listener);
  }

  /** Counts a new connection. Returns for how long its acceptance is delayed. */
  delayMs({ isProtected }: QuotaListener): number {
    const bounds = this.bounds();
    if (isProtected || bounds.creationRate === UNLIMITED_CONNECTIONS) return 0;
    return this.rate.record(this.now(), bounds);
  }

  hasRoom({ isProtected }: QuotaListener): boolean {
    return isProtected || this.total < this.bounds().max;
  }

  /** Returns the limit of the address if it has as many connections already, otherwise undefined. */
  enter(address: string): number | undefined {
    const others = this.ofAddress.get(address) ?? 0;
    const max = this.bounds().maxOf(address);
    if (others >= max) return max;
    this.ofAddress.set(address, others + 1);
    this.total++;
    this.closeExcess();
    return undefined;
  }

  leave(address: string): void {
    const others = this.ofAddress.get(address)! - 1;
    if (others === 0) this.ofAddress.delete(address);
    else this.ofAddress.set(address, others);
    this.total--;
    this.wakeAll();
  }

  /** The settings have changed. */
  review(): void {
    this.closeExcess();
    this.wakeAll();
  }

  private wakeAll(): void {
    for (const listener of this.listeners) listener.wake();
  }

  /** Closes the connections that were used the longest time ago. */
  private closeExcess(): void {
    const excess = this.total - this.bounds().max;
    if (excess <= 0) return;
    const others = [...this.listeners].filter(({ isProtected }) => !isProtected);
    const connections = others.flatMap((listener) => [...listener.connections()]);
    for (const each of connections.sort((a, b) => a.usedAt - b.usedAt).slice(0, excess)) each.close();
  }
}
