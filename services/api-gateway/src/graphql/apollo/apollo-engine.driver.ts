import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloDriver } from '@nestjs/apollo';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { Injectable } from '@nestjs/common';
import type { GraphQLFormattedError } from 'graphql';
import { showError } from '../../errors/show-error.js';
import type { EngineOptions } from '../engine-options.js';
import { checkedContext } from './checked-context.js';
import { noStore } from './no-store.plugin.js';
import { operationLimitsPlugin } from './operation-limits.plugin.js';

/** What the server has by itself otherwise. Cache hints alone would wrap every field of every answer. */
const UNUSED = [ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginCacheControlDisabled()];

/** Apollo Server, without a page of its own. */
@Injectable()
export class ApolloEngineDriver extends ApolloDriver {
  override async mergeDefaultOptions(
    options: ApolloDriverConfig,
  ): Promise<ApolloDriverConfig & EngineOptions> {
    const given = options as ApolloDriverConfig & EngineOptions;
    return { ...given, ...(await super.mergeDefaultOptions(apolloOptions(given))) };
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
    plugins: [...UNUSED, noStore, operationLimitsPlugin(options.limits)],
    formatError: (formatted: GraphQLFormattedError, error: unknown) =>
      showError(formatted, unwrapResolverError(error)),
  };
}
