import { collectGarbage } from './collect-garbage.js';

/** What all connections together may hold of requests before they take turns. */
const LIMIT_BYTES = 64 << 20;
/** When as much has been released, it is given back to the system. */
const COLLECT_BYTES = 32 << 20;
const COLLECT_DELAY_MS = 1000;
/** A connection with no more than this reads on in any case: large requests never delay small ones. */
const FREE_BYTES = 128 << 10;
/** While others wait, the one connection that may read must send something within this time. */
const STALL_MS = 10_000;

/** A connection that holds parts of requests. */
export interface Holder {
  /** Whether the bytes are those of an incomplete frame. */
  readonly isReceiving: boolean;
  readonly held: number;
  pauseReading(): void;
  resumeReading(): void;
  /** The connection has stalled while it kept others from reading. */
  expire(): void;
}

/**
 * Bounds the memory for requests of all connections (as Kafka's queued.max.request.bytes). Beyond the limit, of the
 * connections with a large incomplete frame only the first reads on, so that one after the other completes.
 */
export class ReceiveBudget {
  private readonly holders = new Map<Holder, number>();
  private readonly waiting = new Set<Holder>();
  private total = 0;
  private most = 0;
  private collection: NodeJS.Timeout | undefined;
  private stalled: { readonly reader: Holder; readonly timer: NodeJS.Timeout } | undefined;

  constructor(
    private readonly limit = LIMIT_BYTES,
    private readonly collect: () => void = collectGarbage,
  ) {}

  /** A connection holds more or less than before. */
  update(holder: Holder): void {
    this.account(holder, holder.held);
    if (this.total > this.limit || this.waiting.size > 0) this.admit(holder);
  }

  leave(holder: Holder): void {
    this.account(holder, 0);
    this.waiting.delete(holder);
    this.admit(holder);
  }

  private account(holder: Holder, held: number): void {
    this.total += held - (this.holders.get(holder) ?? 0);
    if (held === 0) this.holders.delete(holder);
    else this.holders.set(holder, held);
    this.most = Math.max(this.most, this.total);
    if (this.most - this.total > COLLECT_BYTES)
      this.collection ??= setTimeout(() => this.release(), COLLECT_DELAY_MS).unref();
  }

  private release(): void {
    this.collection = undefined;
    this.most = this.total;
    this.collect();
  }

  /** Decides who reads on; `changed` is the connection that has just made progress. */
  private admit(changed: Holder): void {
    const large = [...this.holders].filter(([, held]) => held > FREE_BYTES).map(([holder]) => holder);
    const reader = large.find(({ isReceiving }) => isReceiving);
    const blocked = new Set(this.total > this.limit ? large.filter((holder) => holder !== reader) : []);
    for (const holder of [...this.waiting].filter((one) => !blocked.has(one))) {
      this.waiting.delete(holder);
      holder.resumeReading();
    }
    for (const holder of blocked) {
      if (!this.waiting.has(holder)) holder.pauseReading();
      this.waiting.add(holder);
    }
    this.watch(blocked.size > 0 ? reader : undefined, changed);
  }

  /** The reader has a time limit for its next bytes, which starts again with each of them. */
  private watch(reader: Holder | undefined, changed: Holder): void {
    if (reader && reader === this.stalled?.reader && reader !== changed) return;
    clearTimeout(this.stalled?.timer);
    this.stalled = reader && { reader, timer: setTimeout(() => reader.expire(), STALL_MS).unref() };
  }
}
