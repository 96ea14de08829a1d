import { DomainError, runInContext, ServiceContext } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import type { ExecutionResult, FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { showError } from '../errors/show-error.js';
import type { GraphqlContext } from '../graphql/graphql-context.js';
import { LoadersFactory } from '../loaders/loaders.js';
import { RateLimits } from '../rate-limits/rate-limits.js';

import type { SubscriptionArgs } from './per-event.js';
import type { SocketState } from './socket.js';
import { SubscriptionReader } from './subscription-reader.js';
import type { Wanted } from './subscription-reader.js';

/** Subscriptions that one socket may carry. */
const MOST_SUBSCRIPTIONS = 50;

/** What clients want to subscribe to, made ready to be executed, and how answers look. */
@Injectable()
export class Operations {
  constructor(
    private readonly reader: SubscriptionReader,
    private readonly loaders: LoadersFactory,
    private readonly context: ServiceContext,
    private readonly rates: RateLimits,
  ) {}

  /** @param count how many subscriptions the socket has with this one */
  async prepare(
    state: SocketState,
    wanted: Wanted,
    count: number,
  ): Promise<SubscriptionArgs | GraphQLError[]> {
    const refusal = await this.refusalOf(state, count);
    if (refusal) return [refusal];
    const checked = this.reader.read(wanted);
    if (!('document' in checked)) return [...checked];
    const { operationName, variables: variableValues } = wanted;
    this.log(state, operationName);
    return {
      schema: checked.schema,
      document: checked.document,
      operationName,
      variableValues,
      onBehalf: (work) => runInContext(state.request, work),
      newContext: () => this.contextFor(state),
    };
  }

  private async refusalOf(
    { address, request }: SocketState,
    count: number,
  ): Promise<GraphQLError | undefined> {
    if (count > MOST_SUBSCRIPTIONS) return tooMany();
    try {
      await this.rates.take(address, request.identity?.principal.id);
      return undefined;
    } catch (error) {
      return new GraphQLError((error as Error).message, { originalError: error as Error });
    }
  }

  shown(state: SocketState, { errors, ...result }: ExecutionResult): FormattedExecutionResult {
    return errors ? { ...result, errors: this.shownErrors(state, errors) } : result;
  }

  /** In the shape that errors have over HTTP, and under the socket's request id. */
  shownErrors({ request }: SocketState, errors: readonly GraphQLError[]): GraphQLFormattedError[] {
    return runInContext(request, () =>
      errors.map((error) => showError(error.toJSON(), error.originalError ?? error)),
    );
  }

  private contextFor({ address }: SocketState): GraphqlContext {
    return { loaders: this.loaders.create(), idempotencyKey: '', address };
  }

  private log({ request }: SocketState, operationName: Wanted['operationName']): void {
    const operation = operationName ?? undefined;
    runInContext(request, () => this.context.logger.log('subscription', { operation }, 'Graphql'));
  }
}

function tooMany(): GraphQLError {
  const message = `one socket carries at most ${MOST_SUBSCRIPTIONS} subscriptions`;
  const originalError = new DomainError('TOO_MANY_SUBSCRIPTIONS', message, { kind: 'exhausted' });
  return new GraphQLError(message, { originalError });
}
