/** The new location of a module, and its renamed exports. */
interface ModuleLocation {
  /** A package, or a path relative to the sources of the gateway. */
  readonly to: string;
  readonly renamed?: Readonly<Record<string, string>>;
}

/** The exports of former gateway sources that @msx/gateway exports under the same names, which a test checks. */
export const GATEWAY_EXPORTS: Readonly<Record<string, readonly string[]>> = {
  'auth/access.guard': ['AccessGuard'],
  'auth/jwks.controller': ['JwksController'],
  'auth/login-limit': ['LoginLimit'],
  'auth/owner': ['Owner', 'ownerOf'],
  'errors/error.filter': ['ErrorFilter'],
  'errors/format-error': ['ErrorDetails'],
  'errors/show-error': ['showError'],
  'graphql/graphql-context': ['GraphqlContext', 'RequestLoaders'],
  'http/http-adapter': ['GRAPHQL_PATH', 'httpAdapter'],
  'limits/limit-error': ['LimitError', 'excessesOf'],
  'limits/query-cost': ['costOf'],
  'limits/query-limits': ['QueryLimits'],
  'loaders/batched': ['EntityLoader', 'batched'],
  'models/connection': ['ConnectionArgs', 'ConnectionPage', 'ConnectionTo', 'PageInfo', 'connectionTo'],
  'models/date-time.scalar': ['DateTimeScalar'],
  'models/id.args': ['IdArgs'],
  'models/page.args': ['PageArgs'],
  'playground/playground': ['Playground'],
  'rate-limits/address-key': ['addressKey'],
  'rate-limits/memory-store': ['MemoryStore'],
  'rate-limits/rate-limit-store': ['RATE_LIMIT_STORE', 'RateLimitResult', 'RateLimitStore'],
  'rate-limits/rate-limited': ['rateLimited'],
  'rate-limits/rate-limits': ['RateLimits'],
  'schema/printed-schema': ['printedSchema'],
  'schema/schema.command': ['schemaCommand'],
  'settings/settings': ['SETTINGS', 'Settings', 'SettingsDefaults', 'gatewaySettings'],
  'settings/variables': ['browserOrigins', 'oneOf', 'quota', 'redisUrl', 'trustedProxies', 'wholeNumber'],
  'subscriptions/changes': ['Changes'],
  'subscriptions/event-queue': ['EventQueue'],
  'subscriptions/subscription-server': ['SubscriptionServer'],
  'validation/is-amount': ['IsAmount'],
  'validation/text': [
    'IsEmailAddress',
    'IsGiven',
    'IsId',
    'IsPassword',
    'IsText',
    'IsTextList',
    'IsTextUpTo',
    'IsUnlessLeftOut',
  ],
  'validation/validation.pipe': ['ArgumentsPipe', 'FieldProblem', 'validationFailed'],
};

/** Modules that moved completely. */
export const MOVED_MODULES: Readonly<Record<string, ModuleLocation>> = {
  'money/decimal': { to: '@msx/runtime', renamed: { CATALOGUE_CURRENCY: 'DEFAULT_CURRENCY' } },
  'federation/federation-directives': { to: '@msx/gateway' },
  'federation/subgraph-sdl': { to: '@msx/gateway' },
  'graphql/engine': { to: '@msx/gateway' },
  'playground/entity-examples': { to: '@msx/gateway' },
  'playground/example': { to: '@msx/gateway' },
  'limits/arguments.fixture': {
    to: '@msx/gateway/testing',
    renamed: { Place: 'SchemaInput', placesIn: 'inputsIn' },
  },
  'subscriptions/broker.fixture': { to: '@msx/gateway/testing', renamed: { Broker: 'TestBroker' } },
  'subscriptions/subscriber.fixture': {
    to: '@msx/gateway/testing',
    renamed: { Heard: 'SubscriptionLog', Subscriber: 'TestSubscriber' },
  },
  'upstreams/grpc-server.fixture': { to: '@msx/gateway/testing', renamed: { GrpcServer: 'TestUpstream' } },
  'upstreams/shop.fixture': { to: 'upstreams/services.fixture', renamed: { Shop: 'Services' } },
  'upstreams/upstreams.module': { to: 'upstreams/upstreams' },
  'subscriptions/followed-events': { to: 'events/followed-events' },
  'graphql/relations': { to: 'entities/relations' },
};

/** Names that moved to another location than the rest of their module, as `module#name`. */
const MOVED_NAMES: Readonly<Record<string, { readonly to: string; readonly name: string }>> = {
  'loaders/loaders#Loaders': { to: 'entities/entities', name: 'Loaders' },
  'loaders/loaders#LoadersFactory': { to: '@msx/gateway', name: 'LoadersFactory' },
  'models/connection#Answered': { to: '@msx/gateway', name: 'ConnectionPage' },
  'rate-limits/rate-limit-store#Quota': { to: '@msx/gateway', name: 'Quota' },
  'rate-limits/rate-limit-store#Taken': { to: '@msx/gateway', name: 'RateLimitResult' },
  'graphql/graphql-context#GraphqlContext': { to: 'entities/entities', name: 'GatewayContext' },
};

/** The current location of a name that a former gateway source exported; undefined when it no longer exists. */
export function currentLocationOf(module: string, name: string): { to: string; name: string } | undefined {
  const single = MOVED_NAMES[`${module}#${name}`];
  if (single) return single;
  const { to, renamed } = MOVED_MODULES[module] ?? {};
  if (to) return { to, name: renamed?.[name] ?? name };
  return GATEWAY_EXPORTS[module]?.includes(name) ? { to: '@msx/gateway', name } : undefined;
}
