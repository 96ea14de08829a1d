import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedBroker } from './embedded.fixture.js';
import { RealKafka, root } from './infra.fixture.js';

/** With `KAFKA_TESTS_ON=kafka` a suite runs on Apache Kafka, which shows that it asks for what it should. */
export const onKafka = process.env.KAFKA_TESTS_ON === 'kafka';

const ADD_PARTITIONS_TO_TXN = '24-';

export const hasTransactions =
  onKafka ||
  readdirSync(join(root, 'broker/src/apis')).some((file) => file.startsWith(ADD_PARTITIONS_TO_TXN));

export const WITHOUT_TRANSACTIONS = 'the broker has no transactions';

export const startRestarting = async (): Promise<Restarting> =>
  onKafka ? new RestartingKafka() : RestartingBroker.start();

/** A broker that is killed and started again, with the same files and the same port. */
export interface Restarting {
  readonly port: number;
  /** @param meanwhile what happens to its files while it does not run */
  killAndRestart(meanwhile?: (data: string) => void): Promise<void>;
  destroy(): Promise<void>;
}

class RestartingBroker implements Restarting {
  private constructor(private process: EmbeddedBroker) {}

  static async start(): Promise<RestartingBroker> {
    return new RestartingBroker(await EmbeddedBroker.start(mkdtempSync(join(tmpdir(), 'kafka-chaos-'))));
  }

  get port(): number {
    return this.process.port;
  }

  async killAndRestart(meanwhile: (data: string) => void = () => {}): Promise<void> {
    const { data, port } = this.process;
    await this.process.stop('SIGKILL');
    meanwhile(data);
    this.process = await EmbeddedBroker.start(data, port);
  }

  async destroy(): Promise<void> {
    await this.process.stop();
    rmSync(this.process.data, { recursive: true, force: true });
  }
}

/** Apache Kafka, whose files are left as they are. */
class RestartingKafka implements Restarting {
  private readonly kafka = RealKafka.start('kraft', Number(process.env.KAFKA_TESTS_PORT ?? 31_770));

  get port(): number {
    return this.kafka.port;
  }

  killAndRestart(): Promise<void> {
    return this.kafka.killAndRestart();
  }

  async destroy(): Promise<void> {
    this.kafka.stop();
  }
}
