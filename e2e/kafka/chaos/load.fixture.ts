import { Kafka, logLevel, type Consumer, type Producer } from 'kafkajs';
import type { Random } from './random.fixture.js';
import type { Ending } from './judge.fixture.js';
import { committedOffset } from './read-all.fixture.js';

process.env['KAFKAJS_NO_PARTITIONER_WARNING'] = '1';

/** Retries for much longer than a restart takes. */
const retry = { initialRetryTime: 20, maxRetryTime: 200, retries: 200 };

export const kafkaAt = (port: number): Kafka =>
  new Kafka({
    clientId: 'chaos',
    brokers: [`127.0.0.1:${port}`],
    logLevel: logLevel.NOTHING,
    retry,
    // A request that was sent while the broker was killed is not answered.
    requestTimeout: 3000,
  });

/** Work that goes on until it is told to stop, and counts what it has had acknowledged. */
abstract class Load {
  progress = 0;
  private isOver = false;
  private running: Promise<void> | undefined;

  start(): this {
    this.running = this.work();
    return this;
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.running;
  }

  private async work() {
    while (!this.isOver) await this.step();
    await this.end();
  }

  protected abstract step(): Promise<void>;
  protected abstract end(): Promise<void>;
}

/** An idempotent producer that sends 0, 1, 2 … to a partition. */
export class Writer extends Load {
  attempted = 0;
  readonly acknowledged = new Set<number>();
  private producer: Promise<Producer> | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
    private readonly partition: number,
  ) {
    super();
  }

  private async connected(): Promise<Producer> {
    const producer = this.kafka.producer({ idempotent: true, maxInFlightRequests: 1, retry });
    await producer.connect();
    return producer;
  }

  protected async step() {
    const value = this.attempted++;
    const producer = await (this.producer ??= this.connected());
    await producer.send({
      topic: this.topic,
      messages: [{ partition: this.partition, value: String(value) }],
    });
    this.acknowledged.add(value);
    this.progress++;
  }

  protected async end() {
    await (await this.producer)?.disconnect();
  }
}

/** Of a member that fails to commit, before it is given up. */
const MOST_FAILURES = 50;

/** A group that commits 0, 1, 2 … as offset of a partition. */
export class Committer extends Load {
  readonly acknowledged: number[] = [];
  private consumer: Promise<Consumer> | undefined;
  private failures = 0;

  constructor(
    private readonly kafka: Kafka,
    private readonly groupId: string,
    private readonly topic: string,
  ) {
    super();
  }

  /** A member of the group, since only members may commit while there are any. */
  private async joined(): Promise<Consumer> {
    const { kafka, groupId, topic } = this;
    const consumer = kafka.consumer({
      groupId,
      heartbeatInterval: 200,
      sessionTimeout: 6000,
      rebalanceTimeout: 6000,
      maxWaitTimeInMs: 100,
      retry: { ...retry, retries: 10 },
    });
    const joined = new Promise((resolve) => consumer.on('consumer.group_join', resolve));
    await consumer.connect();
    await consumer.subscribe({ topic });
    await consumer.run({ autoCommit: false, eachMessage: async () => {} });
    await joined;
    return consumer;
  }

  /** A member that has left its group for good cannot commit again, so another one takes its place. */
  private giveUpMember() {
    this.consumer?.then((consumer) => consumer.disconnect()).catch(() => {});
    this.consumer = undefined;
  }

  protected async step() {
    const offset = this.acknowledged.length;
    const consumer = await (this.consumer ??= this.joined());
    try {
      await consumer.commitOffsets([{ topic: this.topic, partition: 0, offset: String(offset) }]);
      // kafkajs also resolves, without a commit, when its member has just ended: what the broker shows counts.
      const shown = await committedOffset(this.kafka, this.groupId, this.topic);
      if (shown !== offset) throw new Error(`committed ${shown}, not ${offset}`);
      this.acknowledged.push(offset);
      this.progress++;
    } catch {
      // It may have been committed or not, and is tried again. Nothing is, while the group rebalances.
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (++this.failures % MOST_FAILURES === 0) this.giveUpMember();
    }
  }

  protected async end() {
    await (await this.consumer)?.disconnect();
  }
}

/** Transactions 0, 1, 2 …: each writes its number to all partitions, commits it as an offset, and is committed or aborted. */
export class Transactor extends Load {
  readonly endings = new Map<number, Ending>();
  private producer: Producer | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly random: Pick<Random, 'below'>,
    private readonly target: {
      readonly topic: string;
      readonly partitions: number;
      readonly groupId: string;
    },
  ) {
    super();
  }

  /** A new one with the same transactional id completes or aborts what the one before has left open. */
  private async connected(): Promise<Producer> {
    if (this.producer) return this.producer;
    const options = {
      transactionalId: 'chaos',
      idempotent: true,
      maxInFlightRequests: 1,
      transactionTimeout: 20_000,
    };
    this.producer = this.kafka.producer({ ...options, retry: { ...retry, retries: 20 } });
    await this.producer.connect();
    return this.producer;
  }

  protected async step() {
    const n = this.endings.size;
    this.endings.set(n, 'unknown');
    try {
      this.endings.set(n, await this.transaction(n));
      this.progress++;
    } catch {
      await this.end();
    }
  }

  private async transaction(n: number): Promise<Ending> {
    const { topic, partitions, groupId } = this.target;
    const transaction = await (await this.connected()).transaction();
    const messages = Array.from({ length: partitions }, (_, partition) => ({ partition, value: String(n) }));
    await transaction.send({ topic, messages });
    const offsets = { topic, partitions: [{ partition: 0, offset: String(n) }] };
    await transaction.sendOffsets({ consumerGroupId: groupId, topics: [offsets] });
    if (this.random.below(4) === 0) {
      await transaction.abort();
      return 'aborted';
    }
    await transaction.commit();
    return 'committed';
  }

  protected async end() {
    await this.producer?.disconnect().catch(() => {});
    this.producer = undefined;
  }
}
