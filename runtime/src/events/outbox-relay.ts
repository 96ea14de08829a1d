import type { Database } from '../database/database.js';
import type { Check } from '../health/health.js';
import type { Logger } from '../logs/logger.js';
import { Backoff } from '../retry/backoff.js';
import { BATCH_ROWS, takeBatch } from './batch.js';
import type { KafkaConnection } from './kafka-connection.js';
import { deleteOutboxRows, readOutboxRows } from './outbox-table.js';
import { Publisher } from './publisher.js';
import { RelayLock } from './relay-lock.js';
import { WakeUp } from './wake-up.js';

export interface RelayParts {
  readonly database: Database;
  readonly kafka: KafkaConnection;
  readonly check: Check;
  readonly logger: Logger;
  readonly longestBackoff: number;
}

/** Looks for rows that nobody woke us for: of another instance, or of before we started. */
const POLL = 1000;

/** How often Kafka is asked whether it is there while there is nothing to publish. */
const PING = 5000;

/** For how long shutting down goes on publishing. */
const FLUSH = 1500;

/**
 * Publishes what the outbox holds and deletes it afterwards: a crash in between publishes it again, and consumers'
 * inboxes drop the copies. Whatever goes wrong is tried again for as long as it takes; the rows wait in the database.
 */
export class OutboxRelay {
  private readonly publisher: Publisher;
  private readonly lock: RelayLock;
  private readonly backoff: Backoff;
  private readonly wakeUp = new WakeUp();
  private stopping = false;
  private failing = false;
  private lastSeen = 0;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: RelayParts) {
    this.publisher = new Publisher(parts.kafka);
    this.lock = new RelayLock(parts.database);
    this.backoff = new Backoff(100, parts.longestBackoff);
  }

  start(): void {
    this.running = this.run();
  }

  wake(): void {
    this.wakeUp.wake();
  }

  /** Publishes what is left, for a moment at most, and lets go of Kafka. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp.wake();
    this.backoff.wake();
    await Promise.race([this.running, new Promise((resolve) => setTimeout(resolve, FLUSH).unref())]);
    await Promise.race([this.publisher.close(), new Promise((resolve) => setTimeout(resolve, 500).unref())]);
    await this.lock.release();
  }

  private async run(): Promise<void> {
    do {
      try {
        await this.publishAll();
        this.succeeded();
        if (!this.stopping) await this.wakeUp.wait(POLL);
      } catch (error) {
        await this.failed(error);
        if (!this.stopping) await this.backoff.wait();
      }
    } while (!this.stopping);
    if (!this.failing) await this.publishAll().catch((error: unknown) => this.failed(error));
  }

  /** Whoever does not hold the lock stands by. */
  private async publishAll(): Promise<void> {
    if (!(await this.lock.held())) return;
    await this.publisher.connect();
    while (await this.publishBatch());
    if (Date.now() - this.lastSeen < PING) return;
    await this.parts.kafka.ping();
    this.lastSeen = Date.now();
  }

  private async publishBatch(): Promise<boolean> {
    const { database } = this.parts;
    const rows = takeBatch(await readOutboxRows(database.read, BATCH_ROWS));
    if (rows.length === 0) return false;
    await this.publisher.send(rows);
    this.lastSeen = Date.now();
    await database.transaction((tx) => deleteOutboxRows(tx, rows));
    return this.lock.held();
  }

  private succeeded(): void {
    if (this.failing) this.parts.logger.log('Publishing events again', 'Outbox');
    this.failing = false;
    this.backoff.reset();
    this.parts.check.ok();
  }

  private async failed(error: unknown): Promise<void> {
    const { check, logger, kafka, database } = this.parts;
    const reason = database.isTransient(error)
      ? `database: ${(error as Error).message}`
      : kafka.describe(error);
    check.fail(reason);
    if (!this.failing && !this.stopping) logger.warn(`Events wait in the outbox: ${reason}`, 'Outbox');
    this.failing = true;
    await this.publisher.close();
  }
}
