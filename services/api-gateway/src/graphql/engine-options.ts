import type { GqlModuleOptions } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { NoSchemaIntrospectionCustomRule } from 'graphql';
import type { ValidationRule } from 'graphql';
import { GRAPHQL_PATH } from '../http/http-adapter.js';
import type { QueryLimits } from '../limits/query-limits.js';
import { queryShapeRule } from '../limits/query-shape.rule.js';
import type { LoadersFactory } from '../loaders/loaders.js';
import type { Settings } from '../settings/settings.js';
import type { EngineName } from './engine.js';
import type { GraphqlContext } from './graphql-context.js';
import { relations } from './relations.js';

/** What every engine is told. */
export interface EngineOptions extends GqlModuleOptions {
  readonly engine: EngineName;
  readonly path: string;
  readonly limits: QueryLimits;
  /** What documents have to keep, beside the rules of the specification. */
  readonly rules: readonly ValidationRule[];
  /** Whether errors keep to themselves what the schema has of similar names. */
  readonly hideSuggestions: boolean;
  /** Of each request its own. */
  readonly context: (request: FastifyRequest) => GraphqlContext;
}

/** Code-first, with one set of loaders for each request. */
export function engineOptions(
  loaders: LoadersFactory,
  { engine, query: limits }: Settings,
  production: boolean,
): EngineOptions {
  const introspection = production ? [NoSchemaIntrospectionCustomRule] : [];
  return {
    engine,
    path: GRAPHQL_PATH,
    autoSchemaFile: true,
    resolvers: relations,
    limits,
    rules: [queryShapeRule(limits), ...introspection],
    hideSuggestions: production,
    context: ({ headers, ip }) => ({
      loaders: loaders.create(),
      idempotencyKey: String(headers['idempotency-key'] ?? ''),
      address: ip,
    }),
  };
}
