import type { Admin, Consumer, Kafka, KafkaConfig, LogEntry, Producer } from 'kafkajs';
import type { Check } from '../../health/health.js';
import type { Logger } from '../../logs/logger.js';
import { describeKafkaError, noAnswerReason } from './kafka-error.js';
import { toClientConfig } from './kafka-security.js';
import type { KafkaSecurity } from './kafka-security.js';
import { loadKafka } from './load-kafka.js';
import { createMurmur2Partitioner } from './murmur2-partitioner.js';
import { loadSocketFactory } from './socket-factory.js';
import { longestStay } from './topic-retention.js';
import { Positions } from './positions.js';

export interface KafkaOptions {
  readonly service: string;
  readonly brokers: readonly string[];
  /** Default: plaintext without authentication. */
  readonly security?: KafkaSecurity;
  readonly development: boolean;
  /** The topics that must exist, with their numbers of partitions. */
  readonly topics: ReadonlyMap<string, number>;
  readonly logger: Logger;
}

/**
 * Retries inside kafkajs: enough for a leader election. The users of the connection handle longer outages: they report
 * them on the health endpoints and notice when Kafka is back.
 */
const RETRY = { retries: 2, initialRetryTime: 100, maxRetryTime: 500 };

/**
 * A group member that returns with its id keeps its assignment; a new member waits until the session of the old one
 * times out. So the consumer's own retries outlast the restart of a broker: half a minute.
 */
const CONSUMER_RETRY = { retries: 60, initialRetryTime: 100, maxRetryTime: 500 };

/** In development, the session of a killed consumer expires as soon as Kafka's default minimum allows. */
const SESSION_TIMEOUT_MS = { development: 6_000, production: 30_000 };

/** The number of partitions of a topic that TOPICS does not list. */
export const DEFAULT_PARTITIONS = 3;

/** The longest pause before a client of Kafka retries. */
const MAX_BACKOFF_MS = { development: 500, production: 5000 };

/**
 * What a client of Kafka works with: the connection, the health check and log it reports outages to, and its backoff.
 */
export interface TopicLag {
  readonly topic: string;
  readonly lag: number;
}

export interface KafkaContext {
  readonly kafka: KafkaConnection;
  readonly check: Check;
  readonly logger: Logger;
  readonly maxBackoffMs: number;
}

/**
 * A service's connection to Kafka; the client library is loaded on first use. Its clients never have the broker create
 * a topic, since that would have the default number of partitions of the broker instead of the one that is declared:
 * `ensureTopics` creates a topic that is missing, or was deleted.
 */
export class KafkaConnection {
  private client: Promise<Kafka> | undefined;
  private admin: Promise<Admin> | undefined;
  private ensuring: Promise<void> | undefined;

  constructor(private readonly options: KafkaOptions) {}

  /** The context of a client that reports its outages to `check`. */
  contextFor(check: Check): KafkaContext {
    const { logger, development } = this.options;
    const maxBackoffMs = development ? MAX_BACKOFF_MS.development : MAX_BACKOFF_MS.production;
    return { kafka: this, check, logger, maxBackoffMs };
  }

  /**
   * Creates a new producer for each connection: idempotence relies on sequence numbers that do not survive a failed
   * request.
   */
  async producer(): Promise<Producer> {
    const kafka = await this.kafka();
    return kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: createMurmur2Partitioner,
      allowAutoTopicCreation: false,
      retry: RETRY,
    });
  }

  async consumer(group: string): Promise<Consumer> {
    const sessionTimeout = this.options.development
      ? SESSION_TIMEOUT_MS.development
      : SESSION_TIMEOUT_MS.production;
    const { Kafka } = await loadKafka();
    return new Kafka({ ...(await this.config()), retry: CONSUMER_RETRY }).consumer({
      groupId: group,
      allowAutoTopicCreation: false,
      sessionTimeout,
      rebalanceTimeout: sessionTimeout * 2,
      heartbeatInterval: sessionTimeout / 3,
      maxWaitTimeInMs: 1000,
      retry: { ...CONSUMER_RETRY, restartOnFailure: () => Promise.resolve(false) },
    });
  }

  /** Creates the missing topics. Concurrent callers share one attempt. */
  ensureTopics(): Promise<void> {
    this.ensuring ??= this.createMissing().finally(() => (this.ensuring = undefined));
    return this.ensuring;
  }

  /** The offsets of each partition of these topics: from `low`, exclusive of `high`. */
  async ranges(
    topics: readonly string[],
  ): Promise<{ topic: string; partition: number; low: string; high: string }[]> {
    return this.withAdmin(async (admin) => {
      const all = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
      return all.flatMap((own, n) => own.map((range) => ({ topic: topics[n]!, ...range })));
    });
  }

  /** The current end offsets of these topics. */
  async endOffsets(topics: readonly string[]): Promise<Positions> {
    const ends = new Positions();
    for (const { topic, partition, high } of await this.ranges(topics)) ends.set(topic, partition, high);
    return ends;
  }

  /** How many messages of each topic a group has not yet committed; all of them in partitions where it never has. */
  lagOf(group: string, topics: readonly string[]): Promise<TopicLag[]> {
    return this.withAdmin(async (admin) => {
      const committed = await admin.fetchOffsets({ groupId: group, topics: [...topics] });
      return Promise.all(
        committed.map(async ({ topic, partitions }) => {
          const offsets = new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
          const ranges = await admin.fetchTopicOffsets(topic);
          const lags = ranges.map(({ partition, low, high }) =>
            Math.max(0, Number(high) - Math.max(Number(low), offsets.get(partition) ?? -1)),
          );
          return { topic, lag: lags.reduce((sum, lag) => sum + lag, 0) };
        }),
      );
    });
  }

  /** The longest time, in milliseconds, that a message can stay in one of these topics. */
  longestStay(topics: readonly string[]): Promise<number> {
    return this.withAdmin((admin) => longestStay(admin, topics));
  }

  /** Deletes a group without members; if that fails, Kafka expires the group later. */
  async deleteGroup(group: string): Promise<void> {
    await this.withAdmin((admin) => admin.deleteGroups([group])).catch(() => undefined);
  }

  /** Rejects when Kafka does not answer. */
  async ping(): Promise<void> {
    await this.withAdmin((admin) => admin.describeCluster());
  }

  describe(error: unknown): string {
    return describeKafkaError(error, this.options.brokers);
  }

  /** The reason to report while Kafka accepts connections but does not answer. */
  noAnswerReason(): string {
    return noAnswerReason(this.options.brokers);
  }

  async close(): Promise<void> {
    const admin = await this.admin?.catch(() => undefined);
    await admin?.disconnect();
  }

  private async createMissing(): Promise<void> {
    await this.withAdmin(async (admin) => {
      const existing = new Set(await admin.listTopics());
      const missing = [...this.options.topics].filter(([topic]) => !existing.has(topic));
      if (missing.length === 0) return;
      await admin.createTopics({
        topics: missing.map(([topic, numPartitions]) => ({ topic, numPartitions })),
      });
      this.options.logger.log('Created topics', { topics: missing.map(([topic]) => topic) });
    });
  }

  /** An admin client that failed is discarded, so that the next use reconnects. */
  private async withAdmin<T>(use: (admin: Admin) => Promise<T>): Promise<T> {
    this.admin ??= this.connectAdmin();
    const admin = this.admin;
    try {
      return await use(await admin);
    } catch (error) {
      if (this.admin === admin) this.admin = undefined;
      void admin.then((broken) => broken.disconnect()).catch(() => undefined);
      throw error;
    }
  }

  private async connectAdmin(): Promise<Admin> {
    const admin = (await this.kafka()).admin({ retry: RETRY });
    await admin.connect();
    return admin;
  }

  private kafka(): Promise<Kafka> {
    this.client ??= Promise.all([loadKafka(), this.config()]).then(
      ([{ Kafka }, config]) => new Kafka(config),
    );
    return this.client;
  }

  private async config(): Promise<KafkaConfig> {
    const { logLevel } = await loadKafka();
    const { service, brokers, logger, security = {} } = this.options;
    return {
      clientId: service,
      brokers: [...brokers],
      connectionTimeout: 2000,
      requestTimeout: 10_000,
      socketFactory: await loadSocketFactory(),
      ...toClientConfig(security),
      retry: RETRY,
      logLevel: logger.pino.isLevelEnabled('debug') ? logLevel.INFO : logLevel.NOTHING,
      logCreator: () => (entry) => logEntry(logger, entry),
    };
  }
}

/**
 * Logs everything at debug: kafkajs logs each failed request as an error, but we log only when an outage begins and
 * ends.
 */
function logEntry(logger: Logger, { log, namespace, label }: LogEntry): void {
  const { message, error } = log as { message: string; error?: string };
  logger.debug(message, { kafkajs: namespace, severity: label, ...(error && { reason: error }) }, 'Kafka');
}
