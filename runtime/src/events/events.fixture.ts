import type { DynamicModule, Provider } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { TestingModule } from '@nestjs/testing';
import { Database } from '../database/database.js';
import { DatabaseModule } from '../database/database.module.js';
import type { HealthReport } from '../health/health.js';
import { RuntimeModule } from '../service/runtime.module.js';
import { ServiceContext } from '../context/service-context.js';
import { defineEvent } from './messages/event-type.js';
import { EventsModule } from './events.module.js';
import { Outbox } from './outbox/outbox.js';

export interface Note {
  text: string;
}

/** The shape that ts-proto generates. */
const NoteCodec = {
  fromJSON: (object: { text?: unknown }): Note => {
    if (object.text === 'unreadable') throw new Error('no such enum value');
    return { text: String(object.text ?? '') };
  },
  toJSON: ({ text }: Note): unknown => ({ text }),
};

export const noted = defineEvent('note.noted', NoteCodec);
export const echoed = defineEvent('note.echoed', NoteCodec);

export interface EventServiceOptions {
  readonly url: string;
  readonly broker: string;
  readonly name?: string;
  readonly handlers?: Provider[];
}

/** A service that publishes notes and echoes, with real lifecycle hooks but no port. */
export class EventService {
  private constructor(private readonly app: TestingModule) {}

  static async start({
    url,
    broker,
    name = 'notes',
    handlers = [],
  }: EventServiceOptions): Promise<EventService> {
    const env = {
      DATABASE_URL: url,
      KAFKA_BROKERS: broker,
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'fatal',
    };
    const module = notesModule(handlers);
    const app = await Test.createTestingModule({
      imports: [RuntimeModule.forTest({ name, module, env })],
    }).compile();
    await app.init();
    app.get(ServiceContext).health.serving();
    return new EventService(app);
  }

  get database(): Database {
    return this.app.get(Database);
  }

  get outbox(): Outbox {
    return this.app.get(Outbox);
  }

  health(): Promise<HealthReport> {
    return this.app.get(ServiceContext).health.report();
  }

  async metrics(): Promise<string> {
    return (await this.app.get(ServiceContext).metrics.text()).body;
  }

  /** The value of a metric, by its name and labels as they are printed. */
  async metric(series: string): Promise<number | undefined> {
    const { body } = await this.app.get(ServiceContext).metrics.text();
    const line = body.split('\n').find((each) => each.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  }

  note(key: string, text: string): Promise<void> {
    return this.database.transaction((tx) => this.outbox.add(tx, noted, { key, value: { text } }));
  }

  async count(table: 'outbox' | 'inbox'): Promise<number> {
    const [row] = (await this.database.read.query(`SELECT count(*) AS count FROM ${table}`)) as {
      count: number | string;
    }[];
    return Number(row!.count);
  }

  stop(): Promise<void> {
    return this.app.close();
  }
}

function notesModule(handlers: Provider[]): DynamicModule {
  const retry = { attempts: 3, firstDelay: 20, longestDelay: 200 };
  return {
    module: class NotesModule {},
    imports: [
      DatabaseModule.forRoot({ file: 'notes.db', entities: [], migrations: [] }),
      EventsModule.forRoot({ publishes: [noted, echoed], consumes: handlers.length > 0, retry }),
    ],
    providers: handlers,
  };
}
