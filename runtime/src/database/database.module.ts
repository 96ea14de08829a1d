import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { ServiceContext } from '../context/service-context.js';
import type { DataSourceParts, MigrationClass } from './data-source-parts.js';
import { Database } from './database.js';
import { Migrator } from './migrator.js';
import { openDatabase } from './open-database.js';

export interface DatabaseOptions extends DataSourceParts {
  /** The SQLite file in the working directory that is used without DATABASE_URL. */
  readonly file: string;
  readonly migrations: readonly MigrationClass[];
}

export const DATABASE_OPTIONS = Symbol('database options');

/** A service's migrations and those of the outbox, the inbox and the deadlines, which every service database has. */
export async function migrationsOf({ migrations }: DatabaseOptions): Promise<MigrationClass[]> {
  const { CreateOutbox1500000000000 } = await import('./migrations/create-outbox.js');
  const { CreateInbox1500000000001 } = await import('./migrations/create-inbox.js');
  const { CreateRefusedMessages1500000000002 } = await import('./migrations/create-refused-messages.js');
  const { CreateDeadlines1500000000003 } = await import('./migrations/create-deadlines.js');
  const { CreateDeadLetters1500000000004 } = await import('./migrations/create-dead-letters.js');
  const own = [
    CreateOutbox1500000000000,
    CreateInbox1500000000001,
    CreateRefusedMessages1500000000002,
    CreateDeadlines1500000000003,
    CreateDeadLetters1500000000004,
  ];
  return [...own, ...migrations];
}

/** Provides `Database`, with all migrations applied, to the whole service. */
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  static forRoot(options: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        { provide: DATABASE_OPTIONS, useValue: options },
        { provide: Database, useFactory: openMigrated, inject: [ServiceContext, DATABASE_OPTIONS] },
      ],
      exports: [Database],
    };
  }

  /** Nest calls this last, when everything that uses the database has stopped. */
  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}

async function openMigrated(context: ServiceContext, options: DatabaseOptions): Promise<Database> {
  const schema = context.health.check('schema');
  const database = await openConfigured(context, options);
  const applied = await new Migrator(database, await migrationsOf(options)).migrate();
  if (applied.length) context.logger.log('Migrated', { migrations: applied });
  context.health.readyWhile('database', () => database.probe());
  context.health.readyWhile('disk', () => database.shortage());
  schema.ok();
  return database;
}

export function openConfigured(
  { name, config, logger }: ServiceContext,
  options: DatabaseOptions,
): Promise<Database> {
  return openDatabase({
    address: config.database!,
    service: name,
    production: config.environment === 'production',
    entities: options.entities,
    ...(config.databaseWaitSeconds && { timeoutMs: config.databaseWaitSeconds * 1000, retryRefusals: true }),
    onWait: (reason) => logger.warn(`Waiting for the database: ${reason}`),
    onConnectionLost: (error) => logger.warn('Lost a connection to the database', error),
  });
}
