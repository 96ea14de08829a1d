import type { Database } from '../../database/database.js';
import { Backoff } from '../../retry/backoff.js';
import { BATCH_ROWS, takeBatch } from './batch.js';
import type { KafkaContext } from '../kafka/kafka-connection.js';
import { isRefusal } from '../kafka/kafka-error.js';
import {
  countOutboxRows,
  countRefusedRows,
  readOutboxRows,
  readOutboxTimes,
  refuseOutboxRow,
} from './outbox-table.js';
import type { OutboxRow } from './outbox-table.js';
import { DELETE_AFTER_MS, PublishedRows } from './published-rows.js';
import { Publisher } from './publisher.js';
import { RelayLock } from './relay-lock.js';
import { WakeUp } from './wake-up.js';

/**
 * How often to look for rows without a wake-up: on PostgreSQL those of another instance, which this one may also have to take
 * over from; on SQLite only those of a command, such as the one that creates an admin.
 */
const POLL_INTERVAL_MS = { sqlite: 5000, postgres: 1000 };

/** How often Kafka is pinged while there is nothing to publish. */
const PING_INTERVAL_MS = 5000;

/** A healthy Kafka answers faster than this; after this long, an outage is reported. */
const SILENCE_TIMEOUT_MS = 3000;

/** How long publishing continues during shutdown. */
const FLUSH_TIMEOUT_MS = 1500;

/**
 * Publishes the rows of the outbox and then deletes them: after a crash in between they are published again, and the
 * inboxes of consumers drop the duplicates. Failures are retried without limit; the rows wait in the database.
 */
export class OutboxRelay {
  private readonly publisher: Publisher;
  private readonly lock: RelayLock;
  private readonly backoff: Backoff;
  private readonly wakeUp = new WakeUp();
  private readonly published = new PublishedRows();
  private stopping = false;
  private failing = false;
  private lastContactAt = 0;
  /** When Kafka last answered, or the pending request was sent. */
  private lastAnswerAt = 0;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly context: KafkaContext,
    /** Called with the seconds from the write of a message to its acknowledgement. */
    private readonly onPublished: (seconds: number) => void,
  ) {
    this.publisher = new Publisher(context.kafka);
    this.lock = new RelayLock(database);
    this.backoff = new Backoff(100, context.maxBackoffMs);
  }

  start(): void {
    this.running = this.run();
  }

  wake(): void {
    this.wakeUp.wake();
  }

  /** The number of messages that Kafka refused, and that are set aside. */
  refused(): Promise<number> {
    return countRefusedRows(this.database.read);
  }

  /** The number of committed events that are not yet published. */
  async backlog(): Promise<number> {
    return Math.max(0, (await countOutboxRows(this.database.read)) - this.published.size);
  }

  /** The age of the oldest committed event that is not yet published, in milliseconds; 0 without one. */
  async oldestAgeMs(): Promise<number> {
    const { published, database } = this;
    const [oldest] = published.without(await readOutboxTimes(database.read, published.size + 1));
    return oldest ? Math.max(0, Date.now() - oldest.createdAt) : 0;
  }

  /** Publishes the remaining rows within FLUSH_TIMEOUT_MS, and disconnects from Kafka. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp.wake();
    this.backoff.wake();
    await Promise.race([
      this.running,
      new Promise((resolve) => setTimeout(resolve, FLUSH_TIMEOUT_MS).unref()),
    ]);
    await Promise.race([this.publisher.close(), new Promise((resolve) => setTimeout(resolve, 500).unref())]);
    await this.lock.release();
  }

  private async run(): Promise<void> {
    do {
      try {
        await this.monitored(() => this.publishAll());
        this.succeeded();
        if (!this.stopping)
          await this.wakeUp.wait(
            this.published.size ? DELETE_AFTER_MS : POLL_INTERVAL_MS[this.database.driver],
          );
      } catch (error) {
        await this.failed(error);
        if (!this.stopping) await this.backoff.wait();
      }
    } while (!this.stopping);
    if (!this.failing) await this.publishLast().catch((error: unknown) => this.failed(error));
  }

  private async publishLast(): Promise<void> {
    await this.publishAll();
    await this.published.deleteFrom(this.database);
  }

  /** Reports an outage long before the client's own timeout. */
  private async monitored(work: () => Promise<void>): Promise<void> {
    const timer = setInterval(() => {
      if (Date.now() - this.lastAnswerAt > SILENCE_TIMEOUT_MS)
        this.reportOutage(this.context.kafka.noAnswerReason());
    }, SILENCE_TIMEOUT_MS / 3);
    this.lastAnswerAt = Date.now();
    try {
      await work();
    } finally {
      clearInterval(timer);
    }
  }

  /** Only the holder of the lock publishes; the others stand by. */
  private async publishAll(): Promise<void> {
    if (!(await this.lock.held())) return;
    await this.publisher.connect();
    this.lastAnswerAt = Date.now();
    for (let isMore = true; isMore;) {
      isMore = await this.publishBatch();
      if (this.published.isDue) await this.published.deleteFrom(this.database);
    }
    if (Date.now() - this.lastContactAt < PING_INTERVAL_MS) return;
    await this.context.kafka.ping();
    this.lastContactAt = Date.now();
  }

  /** Resolves to whether there may be more rows: those that are committed from now on wake the relay. */
  private async publishBatch(): Promise<boolean> {
    const { database, published } = this;
    const waiting = await readOutboxRows(database, BATCH_ROWS, published.ids);
    const rows = takeBatch(waiting);
    if (rows.length === 0) return false;
    await this.send(rows);
    this.lastAnswerAt = this.lastContactAt = Date.now();
    const isAll = rows.length === waiting.length && waiting.length < BATCH_ROWS;
    return !isAll && this.lock.held();
  }

  /** A request that Kafka refuses is sent again message by message; those that it refuses by themselves are set aside. */
  private async send(rows: readonly OutboxRow[]): Promise<void> {
    try {
      await this.publisher.send(rows);
      this.published.add(rows);
      for (const { createdAt } of rows) this.onPublished(Math.max(0, Date.now() - createdAt) / 1000);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const [only, ...others] = rows;
      if (others.length > 0) for (const row of rows) await this.send([row]);
      else await this.setAside(only!, error);
    }
  }

  private async setAside({ id, topic }: OutboxRow, error: unknown): Promise<void> {
    const reason = this.context.kafka.describe(error);
    await refuseOutboxRow(this.database, id, reason);
    this.context.logger.error(
      'Kafka refuses a message: it is in outbox_refused',
      { id, topic, reason },
      'Outbox',
    );
  }

  private succeeded(): void {
    if (this.failing) this.context.logger.log('Publishing events again', 'Outbox');
    this.failing = false;
    this.backoff.reset();
    this.context.check.ok();
  }

  private async failed(error: unknown): Promise<void> {
    const { kafka } = this.context;
    const reason = this.database.isTransient(error) ? (error as Error).message : kafka.describe(error);
    this.reportOutage(reason);
    await this.publisher.close();
  }

  private reportOutage(reason: string): void {
    const { check, logger } = this.context;
    check.fail(reason);
    if (!this.failing && !this.stopping) logger.warn(`Events wait in the outbox: ${reason}`, 'Outbox');
    this.failing = true;
  }
}
