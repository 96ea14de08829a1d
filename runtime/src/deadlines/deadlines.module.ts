import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { ServiceContext } from '../context/service-context.js';
import { Database } from '../database/database.js';
import { DeadlineRunner } from './deadline-runner.js';
import { DeadlineTable } from './deadline-table.js';
import { Deadlines } from './deadlines.js';
import { deadlineHandlersOf } from './on-deadline.js';
import { addMetrics, overdueText } from './overdue.js';

const OUTCOMES = {
  name: 'deadlines_handled_total',
  help: 'Number of times that a deadline was looked at, by outcome: done, again, superseded or failed.',
  labels: ['kind', 'outcome'],
};

/** Provides `Deadlines`, and calls the service's `@OnDeadline` handlers when they are due. Requires DatabaseModule. */
@Module({})
export class DeadlinesModule implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private runner: DeadlineRunner | undefined;

  constructor(
    @Inject(Deadlines) private readonly deadlines: Deadlines,
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(Database) private readonly database: Database,
    @Inject(ServiceContext) private readonly context: ServiceContext,
  ) {}

  static forRoot(): DynamicModule {
    return {
      module: DeadlinesModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        {
          provide: Deadlines,
          useFactory: (database: Database) => new Deadlines(database),
          inject: [Database],
        },
      ],
      exports: [Deadlines],
    };
  }

  onModuleInit(): void {
    const { database, context } = this;
    const { logger, metrics, health } = context;
    const table = new DeadlineTable(database);
    const parts = { database, table, logger, outcomes: metrics.counter(OUTCOMES) };
    const runner = new DeadlineRunner(parts, this.handlers());
    this.runner = runner;
    this.deadlines.onCommitted((after) => runner.added(after));
    addMetrics(metrics, table);
    health.degradedWhile('deadlines', () => overdueText(table, (kind) => runner.problemOf(kind)));
  }

  onApplicationBootstrap(): void {
    if (this.context.purpose === 'serve') this.runner?.start();
  }

  /** Nest's first shutdown hook: look at no more deadlines. */
  async onModuleDestroy(): Promise<void> {
    await this.runner?.stop();
  }

  private handlers(): ReturnType<typeof deadlineHandlersOf> {
    const instances = this.discovery.getProviders().map(({ instance }) => instance as unknown);
    return instances
      .filter((one) => typeof one === 'object' && one !== null)
      .flatMap((one) => deadlineHandlersOf(one as object));
  }
}
