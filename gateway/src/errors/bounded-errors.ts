import { DomainError } from '@msx/runtime';
import type { GraphQLFormattedError } from 'graphql';
import { showError } from './show-error.js';

/** More errors than anyone reads, yet small compared to the data of a response. */
export const MAX_ERRORS = 100;

/** The first errors of a response, formatted, and a last one with the number of those left out. */
export function boundedErrors<E>(
  errors: readonly E[],
  show: (error: E) => GraphQLFormattedError,
): GraphQLFormattedError[] {
  const shown = errors.slice(0, MAX_ERRORS).map(show);
  const more = errors.length - shown.length;
  return more > 0 ? [...shown, tooMany(more)] : shown;
}

function tooMany(more: number): GraphQLFormattedError {
  const message = `${more} more errors are not shown.`;
  return showError({ message }, new DomainError('TOO_MANY_ERRORS', message, { kind: 'exhausted' }));
}
