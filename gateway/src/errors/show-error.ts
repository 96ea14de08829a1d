import { currentRequest, measureAs } from '@msx/runtime';
import { Logger } from '@nestjs/common';
import type { GraphQLFormattedError } from 'graphql';
import { formatError } from './format-error.js';
import type { ErrorDetails, ErrorContext } from './format-error.js';

const logger = new Logger('GraphQL');

/** Formats an error for the client of a request; an unexpected one is logged under the same request id. */
export function showError(
  formatted: GraphQLFormattedError,
  cause: unknown,
  requestId = currentRequest()?.requestId,
): GraphQLFormattedError {
  return shownAs(formatted, cause, { requestId });
}

/** The same, with the details that a system exposes to its clients. */
export function showDetailed(
  formatted: GraphQLFormattedError,
  cause: unknown,
  details: ErrorDetails,
): GraphQLFormattedError {
  return shownAs(formatted, cause, { requestId: currentRequest()?.requestId, details });
}

function shownAs(
  formatted: GraphQLFormattedError,
  cause: unknown,
  context: ErrorContext,
): GraphQLFormattedError {
  const { shown, unexpected } = formatError(formatted, cause, context);
  measureAs({ code: String(shown.extensions!.code) });
  if (unexpected) logger.error(cause instanceof Error ? cause : String(cause));
  return shown;
}
