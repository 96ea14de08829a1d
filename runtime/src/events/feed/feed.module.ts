import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnModuleDestroy } from '@nestjs/common';
import { ServiceContext } from '../../context/service-context.js';
import { EventFeed } from './event-feed.js';
import type { AnyEventType } from '../messages/event-type.js';
import { DEFAULT_PARTITIONS, KafkaConnection } from '../kafka/kafka-connection.js';

const LISTENERS = {
  name: 'event_listeners',
  help: 'Number of listeners to live events.',
  labels: [],
};

const FOLLOWED_EVENTS = Symbol('followed events');

/** Provides `EventFeed` for the given events. Does not require a database. */
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
  const feed = new EventFeed(kafka.contextFor(health.check('events', 'kafka')), { events, service });
  context.metrics.gauge(LISTENERS, () => [{ labels: {}, value: feed.size }]);
  return feed;
}
