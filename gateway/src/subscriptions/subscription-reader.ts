import { ServiceContext } from '@msx/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { getVariableValues, NoSchemaIntrospectionCustomRule, OperationTypeNode } from 'graphql';
import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import { Documents } from '../graphql/compiled/documents.js';
import type { Operation } from '../graphql/compiled/operation.js';
import { badRequest, codedError, RequestError } from '../graphql/http/request-error.js';
import { excessesOf } from '../limits/limit-error.js';
import { longestListIn } from '../limits/longest-list.js';
import { costOf } from '../limits/query-cost.js';
import { queryShapeRule } from '../limits/query-shape.rule.js';
import { SETTINGS } from '../settings/settings.js';
import type { Settings } from '../settings/settings.js';

/** A subscription as a client requests it. */
export interface SubscriptionRequest {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Record<string, unknown> | null;
}

/** A subscription that may be executed. */
export interface CheckedSubscription {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
}

const MAX_ERRORS = 50;

/** Reads subscriptions under the same limits as queries, and caches them. */
@Injectable()
export class SubscriptionReader {
  private documents: Documents | undefined;

  constructor(
    private readonly schemaHost: GraphQLSchemaHost,
    private readonly context: ServiceContext,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The subscription to execute, or its errors. */
  read(request: SubscriptionRequest): CheckedSubscription | readonly GraphQLError[] {
    this.documents ??= this.newDocuments();
    try {
      const operation = this.documents.operation(request.query, request.operationName ?? undefined);
      this.check(operation, request.variables ?? {});
      return operation;
    } catch (error) {
      if (error instanceof RequestError) return error.errors;
      throw error;
    }
  }

  /** @throws RequestError */
  private check({ schema, document, node }: Operation, variables: Readonly<Record<string, unknown>>): void {
    if (node.operation !== OperationTypeNode.SUBSCRIPTION)
      throw badRequest('only subscriptions are served over WebSocket; send other operations over HTTP.');
    const { query: limits } = this.settings;
    const tooLong = excessesOf({ listLength: longestListIn(variables) }, limits, node);
    if (tooLong.length) throw new RequestError(tooLong);
    const options = { maxErrors: MAX_ERRORS };
    const { coerced, errors } = getVariableValues(schema, node.variableDefinitions ?? [], variables, options);
    if (errors) throw new RequestError(errors.map((error) => codedError('BAD_USER_INPUT', error)));
    const cost = costOf({ schema, document, operation: node, variables: coerced });
    const excesses = excessesOf({ cost }, limits, node);
    if (excesses.length) throw new RequestError(excesses);
  }

  private newDocuments(): Documents {
    const { query } = this.settings;
    const production = this.context.config.environment === 'production';
    const introspection = production ? [NoSchemaIntrospectionCustomRule] : [];
    return new Documents(this.schemaHost.schema, {
      maxTokens: query.tokens,
      rules: [queryShapeRule(query), ...introspection],
      hideSuggestions: production,
    });
  }
}
