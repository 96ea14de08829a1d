import type { Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Database } from '../database/database.js';
import { RuntimeModule } from '../service/runtime.module.js';
import type { ServiceSettings } from '../service/service-settings.js';
import { createDatabase, type Driver, type TestDatabase } from './test-database.js';

/** An event in the outbox. */
export interface OutboxRow {
  readonly topic: string;
  readonly key: string;
  readonly value: Record<string, unknown>;
}

export interface TestServiceParts {
  readonly name: string;
  readonly module: Type;
  readonly driver: Driver;
  readonly settings?: ServiceSettings<unknown>;
  readonly variables?: Record<string, string>;
}

/** A whole service with its own real database, but without ports and Kafka: events stay in the outbox. */
export class TestService {
  private constructor(
    private readonly app: TestingModule,
    private readonly file: TestDatabase,
  ) {}

  static async start({ driver, variables, ...parts }: TestServiceParts): Promise<TestService> {
    const file = await createDatabase(driver);
    const env = { ...variables, DATABASE_URL: file.url };
    const service = RuntimeModule.forTest({ ...parts, env });
    const app = await Test.createTestingModule({ imports: [service] }).compile();
    return new TestService(app, file);
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

  /** The events in the outbox, oldest first, optionally of one topic. */
  async outbox(topic?: string): Promise<OutboxRow[]> {
    const rows = await this.database.read.query('SELECT topic, message_key, value FROM outbox ORDER BY id');
    const events = (rows as { topic: string; message_key: ArrayBuffer; value: ArrayBuffer }[]).map((row) => ({
      topic: row.topic,
      key: Buffer.from(row.message_key).toString(),
      value: JSON.parse(Buffer.from(row.value).toString()) as Record<string, unknown>,
    }));
    return topic === undefined ? events : events.filter((event) => event.topic === topic);
  }
}
