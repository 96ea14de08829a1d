import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedBroker } from '../embedded.fixture.js';
import { RealKafka } from '../infra.fixture.js';

/** A broker that is killed and started again, with the same files and the same port. */
export interface Restarting {
  readonly port: number;
  /** @param meanwhile what happens to its files while it does not run */
  killAndRestart(meanwhile: (data: string) => void): Promise<void>;
  destroy(): Promise<void>;
}

export class RestartingBroker implements Restarting {
  private constructor(private process: EmbeddedBroker) {}

  static async start(): Promise<RestartingBroker> {
    return new RestartingBroker(await EmbeddedBroker.start(mkdtempSync(join(tmpdir(), 'kafka-chaos-'))));
  }

  get port(): number {
    return this.process.port;
  }

  async killAndRestart(meanwhile: (data: string) => void): Promise<void> {
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
export class RestartingKafka implements Restarting {
  private readonly kafka = RealKafka.start('kraft', Number(process.env.KAFKA_CHAOS_PORT ?? 31_770));

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
