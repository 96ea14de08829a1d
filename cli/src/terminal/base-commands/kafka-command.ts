import { MsxError } from '../errors/msx-error.js';
import { MsxCommand } from './msx-command.js';
import type { KafkaSession } from '../../inspection/kafka/kafka-session.js';
import type { System } from '../../model/system/system.js';

export interface KafkaOptions {
  /** host:port, comma-separated (default: the broker of the system). */
  readonly brokers?: string | undefined;
  /** A file with further variables. */
  readonly file?: string | undefined;
  /** Used outside of a system. */
  readonly defaultBrokers?: string;
}

/** Stands for an address where only the system matters. */
const UNUSED_ADDRESS = '';

/** What a command works with; the system is absent outside of one. */
interface KafkaContext {
  readonly session: KafkaSession;
  readonly system?: System;
}

/** Base class of the commands for a Kafka: that of the running system, or any other. */
export abstract class KafkaCommand extends MsxCommand {
  /** Throws KAFKA_UNREACHABLE, KAFKA_DENIED, KAFKA_REFUSED, CONFIG_INVALID, USAGE. */
  protected async withKafka<T>(
    { brokers, file, defaultBrokers }: KafkaOptions,
    work: (context: KafkaContext) => Promise<T>,
  ): Promise<T> {
    const [{ withKafka }, { readEnvFile }] = await Promise.all([
      import('../../inspection/kafka/kafka-session.js'),
      import('../../inspection/configuration/read-env-file.js'),
    ]);
    const env = { ...process.env, ...(file !== undefined && readEnvFile(file)) };
    const given = brokers ?? (env['KAFKA_BROKERS'] || undefined);
    const system = await this.#system(given ?? defaultBrokers);
    const address = given ?? system?.broker.address ?? defaultBrokers!;
    const context = (session: KafkaSession) => work({ session, ...(system && { system }) });
    return withKafka({ address, env }, context);
  }

  /** The same, while it is shown what the command waits for. */
  protected async queryKafka<T>(
    options: KafkaOptions,
    work: (context: KafkaContext) => Promise<T>,
  ): Promise<T> {
    return this.during('querying Kafka', this.withKafka(options, work));
  }

  /** The system that the command runs in, if any. */
  protected async systemAround(): Promise<System | undefined> {
    return this.#system(UNUSED_ADDRESS);
  }

  /** A Kafka elsewhere needs no system. */
  async #system(address: string | undefined): Promise<System | undefined> {
    try {
      return await this.loadRunningSystem();
    } catch (error) {
      if (!(error instanceof MsxError) || error.code !== 'NO_SYSTEM') throw error;
      if (address !== undefined) return undefined;
      throw new MsxError('USAGE', { reason: `--brokers is missing: ${error.message}` });
    }
  }
}
