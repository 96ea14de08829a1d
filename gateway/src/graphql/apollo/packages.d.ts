/**
 * What this engine uses of packages that are installed only where it is: the gateway compiles without them. `npm run
 * test:apollo` compiles it with their own declarations.
 */
declare module '@apollo/server' {
  import type { DocumentNode, GraphQLFormattedError, GraphQLSchema, OperationDefinitionNode } from 'graphql';

  export type BaseContext = object;

  interface RequestContext {
    readonly schema: GraphQLSchema;
    readonly document: DocumentNode;
    readonly operation?: OperationDefinitionNode;
    readonly request: { readonly variables?: Record<string, unknown> };
    readonly response: {
      readonly http: { readonly headers: Map<string, string> };
      readonly body:
        | { kind: 'single'; singleResult: { errors?: readonly GraphQLFormattedError[] } }
        | { kind: 'incremental' };
    };
  }

  export interface GraphQLRequestListener<_Context extends BaseContext> {
    didResolveOperation?(context: RequestContext): Promise<void>;
    willSendResponse?(context: RequestContext): Promise<void>;
  }

  export interface ApolloServerPlugin {
    requestDidStart?(): Promise<GraphQLRequestListener<BaseContext>>;
  }
}

declare module '@apollo/server/errors' {
  export function unwrapResolverError(error: unknown): unknown;
}

declare module '@apollo/server/plugin/disabled' {
  import type { ApolloServerPlugin } from '@apollo/server';

  export function ApolloServerPluginCacheControlDisabled(): ApolloServerPlugin;
  export function ApolloServerPluginInlineTraceDisabled(): ApolloServerPlugin;
}

declare module '@nestjs/apollo' {
  import type { ApolloServerPlugin } from '@apollo/server';
  import { AbstractGraphQLDriver, type GqlModuleOptions } from '@nestjs/graphql';
  import type { GraphQLFormattedError, ValidationRule } from 'graphql';

  export interface ApolloDriverConfig extends GqlModuleOptions {
    readonly hideSchemaDetailsFromClientErrors?: boolean;
    readonly includeStacktraceInErrorResponses?: boolean;
    readonly persistedQueries?: false;
    readonly graphiql?: boolean;
    readonly csrfPrevention?: boolean;
    readonly allowBatchedHttpRequests?: boolean;
    readonly autoTransformHttpErrors?: boolean;
    readonly parseOptions?: { readonly maxTokens: number };
    readonly validationRules?: readonly ValidationRule[];
    readonly plugins?: readonly ApolloServerPlugin[];
    readonly formatError?: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  }

  export class ApolloDriver extends AbstractGraphQLDriver<ApolloDriverConfig> {
    mergeDefaultOptions(options: ApolloDriverConfig): Promise<ApolloDriverConfig>;
    start(options: ApolloDriverConfig): Promise<void>;
    stop(): Promise<void>;
  }
}
