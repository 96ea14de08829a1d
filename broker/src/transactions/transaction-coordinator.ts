import type { Log } from '../log-line.js';
import type { ProducerIds } from '../producers/producer-ids.js';
import type { Table } from '../storage/table.js';
import { ErrorCode } from '../wire/error-code.js';
import { complete, type Participants } from './completion.js';
import type { Add, End, Event, Init, Step } from './event.js';
import { step } from './step.js';
import {
  includes,
  isExpired,
  isPrepared,
  isTimedOut,
  type Place,
  type Producer,
  type Transaction,
} from './transaction.js';

/** How often transactions are checked for their timeouts, and completions are retried after a disk error. */
const CHECK_INTERVAL_MS = 1000;
/** How often expired ids are looked for (transaction.remove.expired.transaction.cleanup.interval.ms). */
const EXPIRY_INTERVAL_MS = 3_600_000;

export interface CoordinatorOptions extends Participants {
  readonly producerIds: ProducerIds;
  readonly log: Log;
  /** Longer timeouts are refused. */
  readonly maxTimeoutMs: number;
}

type Request<E> = Omit<E, 'kind' | 'newProducerId'>;
type Answer = Producer & { readonly error: ErrorCode };

const NO_PRODUCER: Producer = { producerId: -1, epoch: -1 };

/** Runs all transactions: passes events to {@link step}, stores their results, and completes what is prepared. */
export class TransactionCoordinator {
  /** The ids whose transaction is open or prepared: all that can be due. */
  private readonly active = new Set<string>();
  private readonly completing = new Set<string>();
  private readonly timer: NodeJS.Timeout;
  private expiryDue = 0;
  private isClosed = false;

  constructor(
    private readonly table: Table<Transaction>,
    private readonly options: CoordinatorOptions,
  ) {
    for (const [id, transaction] of table.entries()) this.note(id, transaction);
    for (const id of this.active) this.finish(id);
    this.timer = setInterval(() => this.check(), CHECK_INTERVAL_MS).unref();
  }

  init(id: string, request: Request<Init>): Answer {
    if (id === '') return { error: ErrorCode.INVALID_REQUEST, ...NO_PRODUCER };
    if (request.timeoutMs <= 0 || request.timeoutMs > this.options.maxTimeoutMs)
      return { error: ErrorCode.INVALID_TRANSACTION_TIMEOUT, ...NO_PRODUCER };
    const { transaction, error } = this.submit(id, { kind: 'init', ...request, ...this.candidate() });
    return error === ErrorCode.NONE && transaction
      ? { error, producerId: transaction.producerId, epoch: transaction.epoch }
      : { error, ...NO_PRODUCER };
  }

  add(id: string, request: Request<Add>): ErrorCode {
    return id === '' ? ErrorCode.INVALID_REQUEST : this.submit(id, { kind: 'add', ...request }).error;
  }

  /** Whether the partition is part of the producer's open transaction. */
  verify(id: string, producer: Producer, place: Place): ErrorCode {
    const transaction = this.get(id);
    if (!transaction || transaction.producerId !== producer.producerId)
      return ErrorCode.INVALID_PRODUCER_ID_MAPPING;
    if (transaction.epoch !== producer.epoch) return ErrorCode.PRODUCER_FENCED;
    if (isPrepared(transaction)) return ErrorCode.CONCURRENT_TRANSACTIONS;
    return includes(transaction, place) ? ErrorCode.NONE : ErrorCode.TRANSACTION_ABORTABLE;
  }

  /** The answer contains the producer of the next transaction. */
  end(id: string, request: Request<End>): Answer {
    if (id === '') return { error: ErrorCode.INVALID_REQUEST, ...NO_PRODUCER };
    const { transaction, error } = this.submit(id, { kind: 'end', ...request, ...this.candidate() });
    if (error !== ErrorCode.NONE || !transaction) return { error, ...NO_PRODUCER };
    const { producerId, epoch, nextProducerId } = transaction;
    return nextProducerId < 0
      ? { error, producerId, epoch }
      : { error, producerId: nextProducerId, epoch: 0 };
  }

  get(id: string): Transaction | undefined {
    return this.table.get(id);
  }

  all(): [string, Transaction][] {
    return this.table.entries();
  }

  /** What is not complete yet is completed after the next start. */
  close(): void {
    this.isClosed = true;
    clearInterval(this.timer);
  }

  /** Aborts what has timed out, retries completions, and forgets expired ids. */
  check(): void {
    const now = this.options.now();
    for (const id of [...this.active])
      try {
        if (isTimedOut(this.get(id)!, now)) this.abort(id);
        else this.finish(id);
      } catch (error) {
        this.failed(id, error);
      }
    if (now >= this.expiryDue) this.expire(now);
  }

  private expire(now: number): void {
    this.expiryDue = now + EXPIRY_INTERVAL_MS;
    const expired = this.all().filter(([, transaction]) => isExpired(transaction, now));
    this.table.delete(...expired.map(([id]) => id));
  }

  private abort(id: string): void {
    this.submit(id, { kind: 'fence', ...this.candidate() });
    this.options.log('info', 'transaction timed out', { transactionalId: id });
  }

  /** A change is stored before it is answered; a new producer id is reserved before it is stored. */
  private submit(id: string, event: Event): Step {
    const before = this.get(id);
    const result = step(before, event, this.options.now());
    const { transaction } = result;
    if (!transaction || transaction === before) return result;
    const { next } = this.options.producerIds;
    if (transaction.producerId === next || transaction.nextProducerId === next)
      this.options.producerIds.allocate();
    this.table.set(id, transaction);
    this.note(id, transaction);
    this.finish(id);
    return result;
  }

  private candidate(): { newProducerId: number } {
    return { newProducerId: this.options.producerIds.next };
  }

  private note(id: string, transaction: Transaction): void {
    if (transaction.state === 'Ongoing' || isPrepared(transaction)) this.active.add(id);
    else this.active.delete(id);
  }

  /** Completes a prepared transaction: at once, except that one with many partitions takes turns with other requests. */
  private finish(id: string): void {
    const transaction = this.get(id)!;
    if (!isPrepared(transaction) || this.completing.has(id)) return;
    this.completing.add(id);
    this.proceed(id, complete(transaction, this.options));
  }

  private proceed(id: string, completion: Generator<void>): void {
    if (this.isClosed) return;
    try {
      if (!completion.next().done) {
        setImmediate(() => this.proceed(id, completion));
        return;
      }
      this.completing.delete(id);
      this.submit(id, { kind: 'completed' });
    } catch (error) {
      this.completing.delete(id);
      this.failed(id, error);
    }
  }

  private failed(transactionalId: string, error: unknown): void {
    this.options.log('error', 'transaction not completed', { transactionalId, err: String(error) });
  }
}
