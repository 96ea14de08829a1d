import { Inject, Module } from '@nestjs/common';
import type {
  BeforeApplicationShutdown,
  DynamicModule,
  OnApplicationBootstrap,
  OnModuleDestroy,
  OnModuleInit,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { Database } from '../database/database.js';
import { ServiceContext } from '../context/service-context.js';
import { EventPipeline } from './event-pipeline.js';
import type { AnyEventType } from './messages/event-type.js';
import { handlersOf } from './consuming/on-event.js';
import { Outbox } from './outbox/outbox.js';
import { DEFAULT_POLICY } from './consuming/retry-policy.js';
import type { RetryPolicy } from './consuming/retry-policy.js';

export interface EventsOptions {
  readonly publishes: readonly AnyEventType[];
  /** Whether there are `@OnEvent` handlers in this service. */
  readonly consumes: boolean;
  /** How often and how fast a failing message is retried before it is dead-lettered. */
  readonly retry?: Partial<RetryPolicy>;
}

const EVENTS_OPTIONS = Symbol('events options');

/** Provides `Outbox`, runs its relay, and calls the service's `@OnEvent` handlers. Requires DatabaseModule. */
@Module({})
export class EventsModule
  implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  constructor(
    @Inject(EventPipeline) private readonly pipeline: EventPipeline,
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(ServiceContext) private readonly context: ServiceContext,
  ) {}

  static forRoot(options: EventsOptions): DynamicModule {
    return {
      module: EventsModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        { provide: EVENTS_OPTIONS, useValue: options },
        { provide: Outbox, useFactory: createOutbox, inject: [Database, ServiceContext, EVENTS_OPTIONS] },
        {
          provide: EventPipeline,
          useFactory: createPipeline,
          inject: [Database, ServiceContext, Outbox, EVENTS_OPTIONS],
        },
      ],
      exports: [Outbox],
    };
  }

  onModuleInit(): void {
    const instances = [...this.discovery.getProviders(), ...this.discovery.getControllers()].map(
      ({ instance }) => instance as unknown,
    );
    this.pipeline.connect(
      instances
        .filter((one) => typeof one === 'object' && one !== null)
        .flatMap((one) => handlersOf(one as object)),
    );
  }

  onApplicationBootstrap(): void {
    if (this.context.purpose === 'serve') this.pipeline.start();
  }

  /** Nest's first shutdown hook: stop consuming. */
  async onModuleDestroy(): Promise<void> {
    await this.pipeline.stopConsuming();
  }

  /** Nest's second shutdown hook: publish what is committed. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.pipeline.stopPublishing();
  }
}

function createOutbox(database: Database, { name }: ServiceContext, { publishes }: EventsOptions): Outbox {
  return new Outbox(database, name, publishes);
}

function createPipeline(
  database: Database,
  context: ServiceContext,
  outbox: Outbox,
  options: EventsOptions,
): EventPipeline {
  const { publishes, consumes, retry } = options;
  return new EventPipeline({
    database,
    context,
    outbox,
    publishes,
    consumes,
    policy: { ...DEFAULT_POLICY, ...retry },
  });
}
