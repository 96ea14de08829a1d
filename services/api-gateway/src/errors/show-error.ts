import { Logger } from '@nestjs/common';
import type { GraphQLFormattedError } from 'graphql';
import { formatError } from './format-error.js';

const logger = new Logger('GraphQL');

/** Formats an error for the client; what nobody expected is logged, under the request's id. */
export function showError(formatted: GraphQLFormattedError, cause: unknown): GraphQLFormattedError {
  const { shown, unexpected } = formatError(formatted, cause, undefined);
  if (unexpected) logger.error(cause);
  return shown;
}
