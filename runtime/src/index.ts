export { accessOf, authorize, Public, Roles } from './auth/access.js';
export type { Access } from './auth/access.js';
export { ADMIN, currentPrincipal, mayActFor, requireSelf } from './auth/principal.js';
export type { Identity, Principal } from './requests/identity.js';
export { TokenIssuer } from './auth/issuing/token-issuer.js';
export type { AccessToken } from './auth/issuing/token-issuer.js';
export { TokenIssuerModule } from './auth/issuing/token-issuer.module.js';
export { TokenVerifier } from './auth/token-verifier.js';
export type { Config, Environment } from './config/config.js';
export type { DefaultText } from './config/setting.js';
export type { ValuesOf, Variable, Variables } from './config/variable.js';
export { bigInteger, moment } from './database/columns.js';
export { contains } from './database/contains.js';
export { DatabaseModule } from './database/database.module.js';
export type { DatabaseOptions } from './database/database.module.js';
export type { MigrationClass } from './database/data-source-parts.js';
export { Database } from './database/database.js';
export { isId, newId } from './database/id.js';
export { pageOf } from './database/keyset.js';
export { alterColumn } from './database/online/alter-column.js';
export type { ColumnChange } from './database/online/alter-column.js';
export { createIndexOnline, dropIndexOnline } from './database/online/index-online.js';
export type { Edge, EdgePage, Slice, Sort } from './database/keyset.js';
export type { TransactionOptions } from './database/store.js';
export { isUniqueViolation } from './database/unique-violation.js';
export { defineDeadline } from './deadlines/deadline-type.js';
export type { DeadlineType, DueDeadline, LookAgain } from './deadlines/deadline-type.js';
export { Deadlines } from './deadlines/deadlines.js';
export type { NewDeadline } from './deadlines/deadlines.js';
export { DeadlinesModule } from './deadlines/deadlines.module.js';
export { OnDeadline } from './deadlines/on-deadline.js';
export type { DeadlineHandler, Settle } from './deadlines/on-deadline.js';
export { defineErrors } from './errors/define-errors.js';
export type { DeclaredError, ErrorDeclaration, Errors } from './errors/define-errors.js';
export { DomainError, toGraphqlExtensions } from './errors/domain-error.js';
export type { DomainErrorOptions } from './errors/domain-error.js';
export { fromGrpcError, toGrpcError } from './errors/grpc-error.js';
export type { ErrorKind } from './errors/kind.js';
export { defineEvent } from './events/messages/event-type.js';
export type { EventCodec, EventType, ReceivedEvent } from './events/messages/event-type.js';
export { EventFeed } from './events/feed/event-feed.js';
export { EventsModule } from './events/events.module.js';
export type { EventsOptions } from './events/events.module.js';
export { FeedModule } from './events/feed/feed.module.js';
export { OnEvent } from './events/consuming/on-event.js';
export type { EventHandler } from './events/consuming/on-event.js';
export { Outbox } from './events/outbox/outbox.js';
export type { OutgoingEvent } from './events/outbox/outbox.js';
export type { CircuitState } from './grpc/client/circuit.js';
export { Upstream } from './grpc/client/upstream.js';
export type { CallOptions } from './grpc/client/upstream.js';
export { Upstreams } from './grpc/upstreams/upstreams.js';
export { UpstreamsModule } from './grpc/upstreams/upstreams.module.js';
export type { UpstreamOptions } from './grpc/upstreams/upstreams.js';
export { createHistory, dropHistory } from './history/create-history.js';
export { Histories } from './history/histories.js';
export type { EventAndState, HistoryPage, HistorySlice, NewEvent } from './history/histories.js';
export { HistoryModule } from './history/history.module.js';
export { defineHistory } from './history/history-type.js';
export type {
  AggregateVersion,
  HistoryChange,
  HistoryType,
  Recorded,
  Upcaster,
} from './history/history-type.js';
export type { StoredEvent } from './history/stored-event.js';
export type { CheckReport, HealthReport } from './health/health.js';
export { Metrics } from './metrics/metrics.js';
export { Logger } from './logs/logger.js';
export { currentRequest, measureAs, runInContext } from './requests/request-context.js';
export type { RequestContext } from './requests/request-context.js';
export { decimalsOf, toDecimal, toMinorUnits, toMoney } from './money/decimal.js';
export { checkCurrency, checkMinorUnits, DEFAULT_CURRENCY, MAX_MINOR_UNITS } from './money/money.js';
export type { Money } from './money/money.js';
export { totalOf } from './money/total.js';
export type { PricedLine } from './money/total.js';
export type { Relation } from './relation/relation.js';
export { bootGrpcService } from './service/grpc-service.js';
export type { GrpcServiceOptions } from './service/grpc-service.js';
export { bootHttpService } from './service/http-service.js';
export type { HttpServiceOptions } from './service/http-service.js';
export { RuntimeModule } from './service/runtime.module.js';
export type { TestServiceOptions } from './service/runtime.module.js';
export { defineSeed } from './service/seed.js';
export type { AnySeed, Seed } from './service/seed.js';
export type { ServiceCommand } from './service/service-command.js';
export type { RunningService } from './service/service-options.js';
export { defineSettings } from './service/service-settings.js';
export type { ServiceSettings } from './service/service-settings.js';
export { ServiceContext } from './context/service-context.js';
export { startGrpcService, startHttpService } from './service/start.js';
export { StartupError } from './startup/startup-error.js';
export type { StartupCode } from './startup/startup-error.js';
export { DATE_TIME_FORM, parseDateTime } from './validation/date-time.js';
export { checkBatch, DEFAULT_LIMIT, MAX_BATCH, MAX_LIMIT, rowsOf } from './validation/page.js';
export type { Page } from './validation/page.js';
export { checkRow, MAX_MESSAGE_BYTES, MAX_ROW_BYTES } from './validation/row.js';
export { masked, maskOf } from './validation/update-mask.js';
export type { Masked } from './validation/update-mask.js';
export { Validation } from './validation/validation.js';
export type {
  AnnouncedEvent,
  Change,
  Invariant,
  Query,
  RandomSource,
  Rush,
  Verification,
  VerificationContext,
  Violation,
} from './verification/verification.js';
