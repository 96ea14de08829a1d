import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { GraphQLFormattedError } from 'graphql';
import { showError } from '../errors/show-error.js';
import { GRAPHQL_PATH } from '../http/http-adapter.js';
import { queryCostPlugin } from '../limits/query-cost.plugin.js';
import type { QueryLimits } from '../limits/query-limits.js';
import { queryShapeRule } from '../limits/query-shape.rule.js';
import type { LoadersFactory } from '../loaders/loaders.js';
import type { GraphqlContext } from './graphql-context.js';
import { noStore } from './no-store.plugin.js';

/** What the server has by itself otherwise. Cache hints alone would wrap every field of every answer. */
const UNUSED = [ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginCacheControlDisabled()];

interface Request {
  readonly ip: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The GraphQL server: code-first, with one set of loaders for each request, and no page of its own. */
export function graphqlOptions(
  loaders: LoadersFactory,
  limits: QueryLimits,
  production: boolean,
): Omit<ApolloDriverConfig, 'driver'> {
  return {
    path: GRAPHQL_PATH,
    autoSchemaFile: true,
    introspection: !production,
    hideSchemaDetailsFromClientErrors: production,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    graphiql: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    autoTransformHttpErrors: false,
    parseOptions: { maxTokens: limits.tokens },
    validationRules: [queryShapeRule(limits)],
    plugins: [...UNUSED, noStore, queryCostPlugin(limits)],
    context: (request: Request): GraphqlContext => ({
      loaders: loaders.create(),
      idempotencyKey: String(request.headers['idempotency-key'] ?? ''),
      address: request.ip,
    }),
    formatError: (formatted: GraphQLFormattedError, error: unknown) =>
      showError(formatted, unwrapResolverError(error)),
  };
}
