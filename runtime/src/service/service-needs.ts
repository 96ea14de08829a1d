import { TokenIssuerModule } from '../auth/issuing/token-issuer.module.js';
import type { ConfigNeeds } from '../config/config.js';
import { DATABASE_OPTIONS, DatabaseModule } from '../database/database.module.js';
import type { DatabaseOptions } from '../database/database.module.js';
import { EventsModule } from '../events/events.module.js';
import { FeedModule } from '../events/feed/feed.module.js';
import { HISTORIES, HistoryModule } from '../history/history.module.js';
import type { HistoryType } from '../history/history-type.js';
import { UPSTREAM_OPTIONS, UpstreamsModule } from '../grpc/upstreams/upstreams.module.js';
import type { UpstreamOptions } from '../grpc/upstreams/upstreams.js';
import { findModule, valueProvided } from './module-parts.js';
import type { ImportedModule } from './module-parts.js';

/** Derives the configuration that a service needs from its root module. */
export function needsOf(module: ImportedModule, port: number): ConfigNeeds {
  const upstreams = valueProvided<readonly UpstreamOptions[]>(
    findModule(module, UpstreamsModule),
    UPSTREAM_OPTIONS,
  );
  return {
    port,
    databaseFile: databaseOptionsOf(module)?.file,
    events: [EventsModule, FeedModule].some((one) => findModule(module, one) !== undefined),
    issuesTokens: findModule(module, TokenIssuerModule) !== undefined,
    upstreams: upstreams?.map(({ name }) => name) ?? [],
  };
}

export function databaseOptionsOf(module: ImportedModule): DatabaseOptions | undefined {
  return valueProvided<DatabaseOptions>(findModule(module, DatabaseModule), DATABASE_OPTIONS);
}

export function historiesOf(module: ImportedModule): readonly HistoryType[] {
  return valueProvided<readonly HistoryType[]>(findModule(module, HistoryModule), HISTORIES) ?? [];
}
