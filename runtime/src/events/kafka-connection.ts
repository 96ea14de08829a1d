import type { Admin, Consumer, Kafka, KafkaConfig, LogEntry, Producer } from 'kafkajs';
import type { Logger } from '../logs/logger.js';
import { describeKafkaError } from './kafka-error.js';
import { toClientConfig } from './kafka-security.js';
import type { KafkaSecurity } from './kafka-security.js';
import { Positions } from './positions.js';

export interface KafkaOptions {
  readonly service: string;
  readonly brokers: readonly string[];
  /** Plaintext and nobody in particular unless given. */
  readonly security?: KafkaSecurity;
  readonly development: boolean;
  /** Partitions by topic: what has to exist. */
  readonly topics: ReadonlyMap<string, number>;
  readonly logger: Logger;
}

/**
 * Retries inside kafkajs: enough for a change of leader. Longer outages are ridden out by whoever uses the connection,
 * who can say so on the health endpoints and notices when Kafka is back.
 */
const RETRY = { retries: 2, initialRetryTime: 100, maxRetryTime: 500 };

/**
 * A member of a group that comes back with its id goes on where it was; a new one waits until the broker has forgotten
 * the old one (session timeout). So the consumer's own retries outlast the restart of a broker: half a minute.
 */
const PATIENT_RETRY = { retries: 60, initialRetryTime: 100, maxRetryTime: 500 };

/** In development a consumer that was killed is forgotten as soon as Kafka's default minimum lets it be. */
const SESSION = { development: 6_000, production: 30_000 };

/** Partitions of a topic that TOPICS does not mention. */
export const DEFAULT_PARTITIONS = 3;

/** Longest pause before Kafka is tried again, in milliseconds. */
export const longestBackoff = (development: boolean): number => (development ? 500 : 5000);

/** Kafka as this service uses it; the client is loaded when it is first needed. */
export class KafkaConnection {
  private client: Promise<Kafka> | undefined;
  private admin: Promise<Admin> | undefined;
  private ensuring: Promise<void> | undefined;

  constructor(private readonly options: KafkaOptions) {}

  /**
   * One for each life of a connection: idempotence counts on sequence numbers that do not survive a failed request.
   */
  async producer(): Promise<Producer> {
    const { Partitioners } = await import('kafkajs');
    const kafka = await this.kafka();
    const createPartitioner = Partitioners.DefaultPartitioner;
    return kafka.producer({ idempotent: true, maxInFlightRequests: 1, createPartitioner, retry: RETRY });
  }

  async consumer(group: string): Promise<Consumer> {
    const sessionTimeout = this.options.development ? SESSION.development : SESSION.production;
    const { Kafka } = await import('kafkajs');
    return new Kafka({ ...(await this.config()), retry: PATIENT_RETRY }).consumer({
      groupId: group,
      sessionTimeout,
      rebalanceTimeout: sessionTimeout * 2,
      heartbeatInterval: sessionTimeout / 6,
      maxWaitTimeInMs: 1000,
      retry: { ...PATIENT_RETRY, restartOnFailure: () => Promise.resolve(false) },
    });
  }

  /** Creates the topics that do not exist. Several callers at once share one attempt. */
  ensureTopics(): Promise<void> {
    this.ensuring ??= this.createMissing().finally(() => (this.ensuring = undefined));
    return this.ensuring;
  }

  /** Where these topics end now. */
  async ends(topics: readonly string[]): Promise<Positions> {
    const ends = new Positions();
    await this.withAdmin(async (admin) => {
      for (const topic of topics) {
        for (const { partition, high } of await admin.fetchTopicOffsets(topic))
          ends.set(topic, partition, high);
      }
    });
    return ends;
  }

  /** A group that all have left; one that cannot be forgotten now is forgotten by Kafka in time. */
  async forgetGroup(group: string): Promise<void> {
    await this.withAdmin((admin) => admin.deleteGroups([group])).catch(() => undefined);
  }

  /** Rejects when Kafka does not answer. */
  async ping(): Promise<void> {
    await this.withAdmin((admin) => admin.describeCluster());
  }

  describe(error: unknown): string {
    return describeKafkaError(error, this.options.brokers);
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

  /** An admin that failed once is given up, so that the next use connects anew. */
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
    this.client ??= Promise.all([import('kafkajs'), this.config()]).then(
      ([{ Kafka }, config]) => new Kafka(config),
    );
    return this.client;
  }

  private async config(): Promise<KafkaConfig> {
    const { logLevel } = await import('kafkajs');
    const { service, brokers, logger, security = {} } = this.options;
    return {
      clientId: service,
      brokers: [...brokers],
      connectionTimeout: 2000,
      requestTimeout: 10_000,
      ...toClientConfig(security),
      retry: RETRY,
      logLevel: logger.pino.isLevelEnabled('debug') ? logLevel.INFO : logLevel.NOTHING,
      logCreator: () => (entry) => logEntry(logger, entry),
    };
  }
}

/** Everything at debug: kafkajs reports each failing request as an error, we report when Kafka goes and comes back. */
function logEntry(logger: Logger, { log, namespace, label }: LogEntry): void {
  const { message, error } = log as { message: string; error?: string };
  logger.debug(message, { kafkajs: namespace, severity: label, ...(error && { reason: error }) }, 'Kafka');
}
