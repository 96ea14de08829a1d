import { FeedModule, ServiceContext, UpstreamsModule } from '@msx/runtime';
import { Module } from '@nestjs/common';
import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { AccessGuard } from './auth/access.guard.js';
import { JwksController } from './auth/jwks.controller.js';
import { LoginLimit } from './auth/login-limit.js';
import { ErrorFilter } from './errors/error.filter.js';
import { federationResolvers } from './federation/federation.resolver.js';
import { GATEWAY_OPTIONS } from './gateway-options.js';
import type { GatewayOptions, GatewayPart } from './gateway-options.js';
import { EngineDriver } from './graphql/engine.driver.js';
import { engineOptions } from './graphql/engine-options.js';
import type { EngineOptions } from './graphql/engine-options.js';
import { MalformedUrlController } from './http/malformed-requests.js';
import { LoadersFactory, loadersModule } from './loaders/loaders-factory.js';
import { DateTimeScalar } from './models/date-time.scalar.js';
import { Playground } from './playground/playground.js';
import { RATE_LIMIT_STORE } from './rate-limits/rate-limit-store.js';
import { RateLimits } from './rate-limits/rate-limits.js';
import { rateLimitStore } from './rate-limits/store.provider.js';
import { SETTINGS } from './settings/settings.js';
import type { Settings } from './settings/settings.js';
import { Changes } from './subscriptions/changes.js';
import { SubscriptionPreparer } from './subscriptions/subscription-preparer.js';
import { Protocol } from './subscriptions/protocol.js';
import { ResponseFormatter } from './subscriptions/response-formatter.js';
import { SocketIdentity } from './subscriptions/socket-identity.js';
import { SubscriptionReader } from './subscriptions/subscription-reader.js';
import { SubscriptionServer } from './subscriptions/subscription-server.js';
import { ArgumentsPipe } from './validation/validation.pipe.js';

/** The providers of every gateway: access control, rate limits, validation and errors. */
const COMMON: readonly Provider[] = [
  DateTimeScalar,
  LoginLimit,
  RateLimits,
  rateLimitStore,
  AccessGuard,
  ArgumentsPipe,
  ErrorFilter,
  { provide: APP_GUARD, useExisting: AccessGuard },
  { provide: APP_PIPE, useExisting: ArgumentsPipe },
  { provide: APP_FILTER, useExisting: ErrorFilter },
];

const SUBSCRIPTIONS = [
  Changes,
  SubscriptionPreparer,
  Protocol,
  ResponseFormatter,
  SocketIdentity,
  SubscriptionReader,
  SubscriptionServer,
];

/** A GraphQL gateway in front of gRPC services: everything but the schema, which the resolvers of the system declare. */
@Module({})
export class GatewayModule {
  static forRoot(options: GatewayOptions = {}): DynamicModule {
    const { entities = {}, upstreams = [], follows = [], replace = [], without = [] } = options;
    const has = (part: GatewayPart): boolean => !without.includes(part);
    const loaders = loadersModule(entities, replace);
    const controllers: Type[] = [MalformedUrlController, ...(has('jwks') ? [JwksController] : [])];
    return {
      module: GatewayModule,
      global: true,
      imports: [
        UpstreamsModule.forRoot(upstreams),
        loaders,
        ...(has('subscriptions') ? [FeedModule.forRoot(follows)] : []),
        graphqlModule(options, loaders),
      ],
      controllers,
      providers: [
        { provide: GATEWAY_OPTIONS, useValue: options },
        ...COMMON,
        ...(has('subscriptions') ? SUBSCRIPTIONS : []),
        ...(has('federation') ? federationResolvers(entities) : []),
        ...(has('playground') ? [Playground] : []),
        ...replace,
      ],
      exports: [loaders, LoginLimit, RATE_LIMIT_STORE, ...(has('subscriptions') ? [Changes] : [])],
    };
  }
}

function graphqlModule(
  { relations = {}, errorDetails = {} }: GatewayOptions,
  loaders: DynamicModule,
): DynamicModule {
  return GraphQLModule.forRootAsync<EngineOptions>({
    driver: EngineDriver,
    imports: [loaders],
    inject: [LoadersFactory, SETTINGS, ServiceContext],
    useFactory: (factory: LoadersFactory, settings: Settings, { config }: ServiceContext) =>
      engineOptions(
        { relations, errorDetails },
        { loaders: factory, settings, production: config.environment === 'production' },
      ),
  });
}
