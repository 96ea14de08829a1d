import { Database, RuntimeModule } from '@msx/runtime';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AppModule } from './app.module.js';
import { createDatabase, type TestDatabase } from './test-database.fixture.js';

/** An event as it waits in the outbox. */
export interface OutboxRow {
  readonly topic: string;
  readonly key: string;
  readonly value: Record<string, unknown>;
}

/** The whole service but for its ports, on a real database of its own, with no Kafka to be found. */
export class TestService {
  private constructor(
    private readonly app: INestApplicationContext,
    private readonly file: TestDatabase,
  ) {}

  static async start(driver: 'sqlite' | 'postgres'): Promise<TestService> {
    const file = await createDatabase(driver);
    const env = { DATABASE_URL: file.url, KAFKA_BROKERS: '127.0.0.1:1' };
    const service = RuntimeModule.forTest({ name: 'order-service', module: AppModule, env });
    const module = await Test.createTestingModule({ imports: [service] }).compile();
    return new TestService(await module.init(), file);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.file.drop();
  }

  get<T>(type: Type<T>): T {
    return this.app.get(type, { strict: false });
  }

  get database(): Database {
    return this.get(Database);
  }

  /** What waits in the outbox, oldest first; of one topic when it is named. */
  async outbox(topic?: string): Promise<OutboxRow[]> {
    const rows = await this.database.read.query('SELECT topic, message_key, value FROM outbox ORDER BY id');
    const events = (rows as { topic: string; message_key: Buffer; value: Buffer }[]).map((row) => ({
      topic: row.topic,
      key: row.message_key.toString(),
      value: JSON.parse(row.value.toString()) as Record<string, unknown>,
    }));
    return topic === undefined ? events : events.filter((event) => event.topic === topic);
  }
}
