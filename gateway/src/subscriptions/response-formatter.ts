import { runInContext } from '@msx/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { ExecutionResult, FormattedExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { boundedErrors } from '../errors/bounded-errors.js';
import { showDetailed } from '../errors/show-error.js';
import { GATEWAY_OPTIONS } from '../gateway-options.js';
import type { GatewayOptions } from '../gateway-options.js';
import type { SocketState } from './socket.js';

/** Formats responses over a socket: in the same shape as over HTTP, with the socket's request id. */
@Injectable()
export class ResponseFormatter {
  constructor(@Inject(GATEWAY_OPTIONS) private readonly options: GatewayOptions) {}

  format(state: SocketState, { errors, ...result }: ExecutionResult): FormattedExecutionResult {
    return errors ? { ...result, errors: this.formatErrors(state, errors) } : result;
  }

  formatErrors({ request }: SocketState, errors: readonly GraphQLError[]): GraphQLFormattedError[] {
    const { errorDetails = {} } = this.options;
    return runInContext(request, () =>
      boundedErrors(errors, (error) =>
        showDetailed(error.toJSON(), error.originalError ?? error, errorDetails),
      ),
    );
  }
}
