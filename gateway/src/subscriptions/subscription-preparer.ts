import { DomainError, runInContext, ServiceContext } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import type { GraphqlContext } from '../graphql/graphql-context.js';
import { LoadersFactory } from '../loaders/loaders-factory.js';
import { RateLimits } from '../rate-limits/rate-limits.js';

import type { SubscriptionArgs } from './per-event.js';
import type { SocketState } from './socket.js';
import { SubscriptionReader } from './subscription-reader.js';
import type { SubscriptionRequest } from './subscription-reader.js';

/** Per socket, including subscriptions that the client has ended but whose work has not finished. */
const MAX_SUBSCRIPTIONS = 50;

/** Prepares the subscriptions of clients for execution. */
@Injectable()
export class SubscriptionPreparer {
  constructor(
    private readonly reader: SubscriptionReader,
    private readonly loaders: LoadersFactory,
    private readonly context: ServiceContext,
    private readonly rates: RateLimits,
  ) {}

  async prepare(
    state: SocketState,
    subscription: SubscriptionRequest,
  ): Promise<SubscriptionArgs | GraphQLError[]> {
    const refusal = await this.refusalOf(state);
    if (refusal) return [refusal];
    const checked = this.reader.read(subscription);
    if (!('document' in checked)) return [...checked];
    const { operationName, variables: variableValues } = subscription;
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

  private async refusalOf({
    address,
    request,
    subscriptions,
  }: SocketState): Promise<GraphQLError | undefined> {
    if (subscriptions.size > MAX_SUBSCRIPTIONS) return tooMany();
    try {
      await this.rates.take(address, request.identity?.principal.id);
      return undefined;
    } catch (error) {
      return new GraphQLError((error as Error).message, { originalError: error as Error });
    }
  }

  private contextFor({ address }: SocketState): GraphqlContext {
    return { loaders: this.loaders.create(), idempotencyKey: '', address };
  }

  private log({ request }: SocketState, operationName: SubscriptionRequest['operationName']): void {
    const operation = operationName ?? undefined;
    runInContext(request, () => this.context.logger.log('subscription', { operation }, 'Graphql'));
  }
}

function tooMany(): GraphQLError {
  const message = `a socket may have at most ${MAX_SUBSCRIPTIONS} subscriptions`;
  const originalError = new DomainError('TOO_MANY_SUBSCRIPTIONS', message, { kind: 'exhausted' });
  return new GraphQLError(message, { originalError });
}
