export { AccessGuard } from './auth/access.guard.js';
export { JwksController } from './auth/jwks.controller.js';
export { LoginLimit } from './auth/login-limit.js';
export { Owner, ownerOf } from './auth/owner.js';
export { ErrorFilter } from './errors/error.filter.js';
export type { ErrorDetails } from './errors/format-error.js';
export { showError } from './errors/show-error.js';
export { federationDirectives } from './schema/federation-directives.js';
export { subgraphSdl } from './schema/subgraph-sdl.js';
export { GATEWAY_OPTIONS } from './gateway-options.js';
export type { GatewayOptions, GatewayPart, Relations } from './gateway-options.js';
export { gatewayService } from './gateway-service.js';
export type { GatewayServiceOptions } from './gateway-service.js';
export { GatewayModule } from './gateway.module.js';
export type { EngineName } from './settings/engine.js';
export { RequestLoaders } from './graphql/graphql-context.js';
export type { GraphqlContext } from './graphql/graphql-context.js';
export { GRAPHQL_PATH, httpAdapter } from './http/http-adapter.js';
export { excessesOf, LimitError } from './limits/limit-error.js';
export { costOf } from './limits/query-cost.js';
export type { QueryLimits } from './limits/query-limits.js';
export { batched } from './loaders/batched.js';
export type { EntityLoader } from './loaders/batched.js';
export { entity } from './loaders/entity.js';
export type { Entities, Entity, EntityOptions, Loaders, LoadersOf } from './loaders/entity.js';
export { LoadersFactory } from './loaders/loaders-factory.js';
export { ConnectionArgs, connectionTo, PageInfo } from './models/connection.js';
export type { ConnectionPage, ConnectionTo } from './models/connection.js';
export { DateTimeScalar } from './models/date-time.scalar.js';
export { IdArgs } from './models/id.args.js';
export { PageArgs } from './models/page.args.js';
export { entityExamples } from './examples/entity-examples.js';
export type { ExampleField } from './examples/entity-examples.js';
export type { Example } from './examples/example.js';
export { Playground } from './playground/playground.js';
export { addressKey } from './rate-limits/address-key.js';
export { MemoryStore } from './rate-limits/memory-store.js';
export { RATE_LIMIT_STORE } from './rate-limits/rate-limit-store.js';
export type { RateLimitStore, RateLimitResult } from './rate-limits/rate-limit-store.js';
export { rateLimited } from './rate-limits/rate-limited.js';
export { RateLimits } from './rate-limits/rate-limits.js';
export { printedSchema } from './schema/printed-schema.js';
export { schemaCommand } from './schema/schema.command.js';
export type { Quota } from './settings/quota.js';
export { gatewaySettings, SETTINGS } from './settings/settings.js';
export type { Settings, SettingsDefaults } from './settings/settings.js';
export { browserOrigins, oneOf, quota, redisUrl, trustedProxies, wholeNumber } from './settings/variables.js';
export { Changes } from './subscriptions/changes.js';
export { EventQueue } from './subscriptions/event-queue.js';
export { SubscriptionServer } from './subscriptions/subscription-server.js';
export { IsAmount } from './validation/is-amount.js';
export {
  IsEmailAddress,
  IsGiven,
  IsId,
  IsPassword,
  IsText,
  IsTextList,
  IsTextUpTo,
  IsUnlessLeftOut,
} from './validation/text.js';
export { ArgumentsPipe, validationFailed } from './validation/validation.pipe.js';
export type { FieldProblem } from './validation/validation.pipe.js';
