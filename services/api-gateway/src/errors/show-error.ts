import { currentRequest, measureAs } from '@msx/runtime';
import { Logger } from '@nestjs/common';
import type { GraphQLFormattedError } from 'graphql';
import { formatError } from './format-error.js';

const logger = new Logger('GraphQL');

/** Formats an error for the client of a request; what nobody expected is logged, under the same request id. */
export function showError(
  formatted: GraphQLFormattedError,
  cause: unknown,
  requestId = currentRequest()?.requestId,
): GraphQLFormattedError {
  const { shown, unexpected } = formatError(formatted, cause, requestId);
  measureAs({ code: String(shown.extensions!.code) });
  if (unexpected) logger.error(cause instanceof Error ? cause : String(cause));
  return shown;
}
