import type { BrokerOptions } from '../broker-options.js';
import type { OpenListener } from '../server/open-listeners.js';
import type { Exchange } from './call.js';
import type { Faults } from './faults.js';
import type { Message, NewMessage } from './message.js';
import { TopicClient, type MessageOptions, type TopicOptions } from './topic-client.js';

export interface LocalKafkaOptions extends Omit<BrokerOptions, 'intercept' | 'logThreshold'> {
  /** Runs the broker in a process of its own, which ends with this one (default: false). */
  readonly process?: boolean;
}

/** Where a broker can be reached. */
export interface Endpoints {
  readonly host: string;
  readonly port: number;
  readonly listeners: readonly OpenListener[];
  readonly certificate?: string;
}

/** A broker that runs in this process or in a child process. */
export interface Backend extends Endpoints {
  readonly faults: Faults;
  readonly exchange: Exchange;
  stop(): Promise<void>;
}

/** A Kafka for tests and development. */
export class LocalKafka {
  readonly host: string;
  readonly port: number;
  /** All listeners; the first is the plaintext one if there is one. */
  readonly listeners: readonly OpenListener[];
  /** What clients of TLS listeners must trust, in PEM. */
  readonly certificate: string | undefined;
  /** Faults on purpose: lost connections, delays, errors. */
  readonly faults: Faults;
  private readonly topics: TopicClient;
  private isStopped = false;

  constructor(private readonly backend: Backend) {
    this.host = backend.host;
    this.port = backend.port;
    this.listeners = backend.listeners;
    this.certificate = backend.certificate;
    this.faults = backend.faults;
    this.topics = new TopicClient((frame) => this.exchange(frame));
  }

  /** `host:port`, as clients expect it. */
  get bootstrapServers(): string {
    return `${this.host.includes(':') ? `[${this.host}]` : this.host}:${this.port}`;
  }

  createTopic(name: string, options?: TopicOptions): Promise<void> {
    return this.topics.createTopic(name, options);
  }

  /** Appends one message or several. A topic that does not exist is created. */
  produce(topic: string, messages: NewMessage | readonly NewMessage[]): Promise<void> {
    return this.topics.produce(topic, messages);
  }

  /** All messages of a topic, by partition and offset, without those of open or aborted transactions. */
  messages(topic: string): Promise<Message[]> {
    return this.topics.messages(topic);
  }

  /** The first message that meets a condition; waits until there is one. Rejects after the timeout (5 s). */
  message(topic: string, options?: MessageOptions): Promise<Message> {
    return this.topics.message(topic, options);
  }

  /** Closes all connections and frees the port. Data in memory is gone. */
  stop(): Promise<void> {
    this.isStopped = true;
    return this.backend.stop();
  }

  /** The same as {@link stop}. */
  close(): Promise<void> {
    return this.stop();
  }

  private async exchange(frame: Buffer): Promise<Buffer> {
    if (this.isStopped) throw new Error('this Kafka was stopped');
    return this.backend.exchange(frame);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}
