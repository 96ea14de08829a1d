import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloDriver } from '@nestjs/apollo';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { Injectable } from '@nestjs/common';
import type { GraphQLFormattedError } from 'graphql';
import { showDetailed } from '../../errors/show-error.js';
import type { EngineOptions } from '../engine-options.js';
import { boundedErrorsPlugin } from './bounded-errors.plugin.js';
import { checkedContext } from './checked-context.js';
import { noStore } from './no-store.plugin.js';
import { operationLimitsPlugin } from './operation-limits.plugin.js';

/** Default plugins that are not needed. Cache hints alone would wrap every field of every response. */
const DISABLED = [ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginCacheControlDisabled()];

/** Apollo Server, without its landing page. */
@Injectable()
export class ApolloEngineDriver extends ApolloDriver {
  override async mergeDefaultOptions(
    options: ApolloDriverConfig,
  ): Promise<ApolloDriverConfig & EngineOptions> {
    const engineOptions = options as ApolloDriverConfig & EngineOptions;
    return { ...engineOptions, ...(await super.mergeDefaultOptions(apolloOptions(engineOptions))) };
  }
}

function apolloOptions(options: EngineOptions): ApolloDriverConfig {
  return {
    ...options,
    driver: ApolloDriver,
    introspection: true,
    hideSchemaDetailsFromClientErrors: options.hideSuggestions,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    graphiql: false,
    csrfPrevention: false,
    context: checkedContext(options.context),
    allowBatchedHttpRequests: false,
    autoTransformHttpErrors: false,
    parseOptions: { maxTokens: options.limits.tokens },
    validationRules: [...options.rules],
    plugins: [...DISABLED, noStore, boundedErrorsPlugin, operationLimitsPlugin(options.limits)],
    formatError: (formatted: GraphQLFormattedError, error: unknown) =>
      showDetailed(formatted, unwrapResolverError(error), options.errorDetails),
  };
}
