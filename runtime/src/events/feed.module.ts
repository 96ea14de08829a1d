import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnModuleDestroy } from '@nestjs/common';
import { ServiceContext } from '../service/service-context.js';
import { EventFeed } from './event-feed.js';
import type { AnyEventType } from './event-type.js';
import { DEFAULT_PARTITIONS, KafkaConnection, longestBackoff } from './kafka-connection.js';

const FOLLOWED_EVENTS = Symbol('followed events');

/** Provides `EventFeed` for some events. Needs no database. */
@Module({})
export class FeedModule implements OnModuleDestroy {
  constructor(@Inject(EventFeed) private readonly feed: EventFeed) {}

  static forRoot(events: readonly AnyEventType[]): DynamicModule {
    return {
      module: FeedModule,
      global: true,
      providers: [
        { provide: FOLLOWED_EVENTS, useValue: events },
        { provide: EventFeed, useFactory: createFeed, inject: [ServiceContext, FOLLOWED_EVENTS] },
      ],
      exports: [EventFeed],
    };
  }

  async onModuleDestroy(): Promise<void> {
    await this.feed.stop();
  }
}

function createFeed(context: ServiceContext, events: readonly AnyEventType[]): EventFeed {
  const { name: service, config, logger, health } = context;
  const development = config.environment !== 'production';
  const followed = events.map(({ topic }) => [topic, DEFAULT_PARTITIONS] as const);
  const topics = new Map([...followed, ...config.topics]);
  const kafka = new KafkaConnection({
    ...{ service, brokers: config.brokers, security: config.kafkaSecurity },
    ...{ development, topics, logger },
  });
  const check = health.check('events', 'kafka');
  return new EventFeed({
    kafka,
    events,
    check,
    logger,
    service,
    longestBackoff: longestBackoff(development),
  });
}
