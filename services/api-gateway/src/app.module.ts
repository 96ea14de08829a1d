import { FeedModule, ServiceContext } from '@msx/runtime';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { AccessGuard } from './auth/access.guard.js';
import { JwksController } from './auth/jwks.controller.js';
import { LoginLimit } from './auth/login-limit.js';
import { Checkout } from './checkout/checkout.js';
import { ErrorFilter } from './errors/error.filter.js';
import { FederationResolver } from './federation/federation.resolver.js';
import { EngineDriver } from './graphql/engine.driver.js';
import { engineOptions } from './graphql/engine-options.js';
import type { EngineOptions } from './graphql/engine-options.js';
import { LoadersModule } from './loaders/loaders.module.js';
import { LoadersFactory } from './loaders/loaders.js';
import { Playground } from './playground/playground.js';
import { RateLimits } from './rate-limits/rate-limits.js';
import { rateLimitStore } from './rate-limits/store.provider.js';
import { OrderConnectionResolver } from './resolvers/order-connection.resolver.js';
import { OrderResolver } from './resolvers/order.resolver.js';
import { ProductConnectionResolver } from './resolvers/product-connection.resolver.js';
import { ProductResolver } from './resolvers/product.resolver.js';
import { SessionResolver } from './resolvers/session.resolver.js';
import { UserConnectionResolver } from './resolvers/user-connection.resolver.js';
import { UserResolver } from './resolvers/user.resolver.js';
import { SETTINGS } from './settings/settings.js';
import type { Settings } from './settings/settings.js';
import { followedEvents } from './subscriptions/followed-events.js';
import { subscriptionProviders } from './subscriptions/subscriptions.providers.js';
import { upstreams } from './upstreams/upstreams.module.js';
import { ArgumentsPipe } from './validation/validation.pipe.js';

@Module({
  imports: [
    upstreams,
    LoadersModule,
    FeedModule.forRoot(followedEvents),
    GraphQLModule.forRootAsync<EngineOptions>({
      driver: EngineDriver,
      imports: [LoadersModule],
      inject: [LoadersFactory, SETTINGS, ServiceContext],
      useFactory: (loaders: LoadersFactory, settings: Settings, { config }: ServiceContext) =>
        engineOptions(loaders, settings, config.environment === 'production'),
    }),
  ],
  controllers: [JwksController],
  providers: [
    UserResolver,
    SessionResolver,
    LoginLimit,
    ProductResolver,
    OrderResolver,
    ...subscriptionProviders,
    UserConnectionResolver,
    ProductConnectionResolver,
    OrderConnectionResolver,
    FederationResolver,
    Checkout,
    RateLimits,
    Playground,
    rateLimitStore,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_PIPE, useClass: ArgumentsPipe },
    { provide: APP_FILTER, useClass: ErrorFilter },
  ],
})
export class AppModule {}
