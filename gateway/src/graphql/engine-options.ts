import type { GqlModuleOptions } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { NoSchemaIntrospectionCustomRule } from 'graphql';
import type { ValidationRule } from 'graphql';
import type { ErrorDetails } from '../errors/format-error.js';
import { GRAPHQL_PATH } from '../http/http-adapter.js';
import type { QueryLimits } from '../limits/query-limits.js';
import { queryShapeRule } from '../limits/query-shape.rule.js';
import type { LoadersFactory } from '../loaders/loaders-factory.js';
import type { Settings } from '../settings/settings.js';
import type { EngineName } from '../settings/engine.js';
import type { GraphqlContext } from './graphql-context.js';

/** The options of every engine. */
export interface EngineOptions extends GqlModuleOptions {
  readonly engine: EngineName;
  readonly path: string;
  readonly limits: QueryLimits;
  /** Validation rules in addition to those of the specification. */
  readonly rules: readonly ValidationRule[];
  /** Whether errors leave out suggestions of similar names in the schema. */
  readonly hideSuggestions: boolean;
  /** The details of domain errors that clients get. */
  readonly errorDetails: ErrorDetails;
  /** Creates the context of a request. */
  readonly context: (request: FastifyRequest) => GraphqlContext;
}

/** The parts of a schema that are not declared by resolvers. */
export interface SchemaParts {
  readonly relations: GqlModuleOptions['resolvers'];
  readonly errorDetails: ErrorDetails;
}

/** The environment of an engine. */
export interface EngineEnvironment {
  readonly loaders: LoadersFactory;
  readonly settings: Settings;
  readonly production: boolean;
}

/** Code-first, with one set of loaders for each request. */
export function engineOptions(
  { relations, errorDetails }: SchemaParts,
  { loaders, settings, production }: EngineEnvironment,
): EngineOptions {
  const { engine, query: limits } = settings;
  const introspection = production ? [NoSchemaIntrospectionCustomRule] : [];
  return {
    engine,
    path: GRAPHQL_PATH,
    autoSchemaFile: true,
    resolvers: relations,
    limits,
    errorDetails,
    rules: [queryShapeRule(limits), ...introspection],
    hideSuggestions: production,
    context: ({ headers, ip }) => ({
      loaders: loaders.create(),
      idempotencyKey: String(headers['idempotency-key'] ?? ''),
      address: ip,
    }),
  };
}
