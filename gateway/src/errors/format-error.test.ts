import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@msx/runtime';
import { GraphQLError } from 'graphql';
import { formatError } from './format-error.js';

const formatted = { message: 'formatted', locations: [{ line: 1, column: 2 }], path: ['readers', 0] };
const place = { locations: formatted.locations, path: formatted.path };

describe('formatError', () => {
  it('shows the reason of a domain error, with the details that are meant for clients', () => {
    const metadata = { fields: '[{"field":"page","message":"wrong"}]', table: 'readers' };
    const error = new DomainError('VALIDATION_FAILED', 'page wrong', { kind: 'invalid', metadata });
    expect(formatError(formatted, error, { requestId: 'r-1' })).toEqual({
      unexpected: false,
      shown: {
        message: 'page wrong',
        ...place,
        extensions: {
          code: 'VALIDATION_FAILED',
          requestId: 'r-1',
          validation: [{ field: 'page', message: 'wrong' }],
        },
      },
    });
  });

  it('shows an invalid request with the message of the GraphQL server', () => {
    const extensions = { code: 'GRAPHQL_PARSE_FAILED', stacktrace: ['at somewhere'] };
    expect(formatError({ ...formatted, extensions }, new Error('cause'), { requestId: 'r-1' })).toEqual({
      unexpected: false,
      shown: {
        message: 'formatted',
        ...place,
        extensions: { code: 'GRAPHQL_PARSE_FAILED', requestId: 'r-1' },
      },
    });
  });

  it('does not reveal the address of a service that is down', () => {
    const error = new DomainError('UNAVAILABLE', 'connect ECONNREFUSED 10.0.0.7:50051', {
      kind: 'unavailable',
    });
    const { shown, unexpected } = formatError(formatted, error);
    expect(shown.extensions).toMatchObject({ code: 'UNAVAILABLE' });
    expect(JSON.stringify(shown)).not.toMatch(/ECONNREFUSED|10\.0/);
    expect(unexpected).toBe(false);
  });

  it('shows a problem with an argument that is found only during execution', () => {
    const mistake = new GraphQLError('Argument "page" of non-null type "Int!" must not be null.');
    expect(formatError({ message: mistake.message, ...place }, mistake, { requestId: 'r-1' })).toEqual({
      shown: {
        message: mistake.message,
        ...place,
        extensions: { code: 'BAD_USER_INPUT', requestId: 'r-1' },
      },
      unexpected: false,
    });
    const ours = new GraphQLError('Cannot return null for non-nullable field Reader.id.');
    expect(formatError({ message: ours.message, ...place }, ours).unexpected).toBe(true);
  });

  it.each([
    new TypeError('undefined is not a function'),
    new DomainError('INTERNAL', 'no such table: readers', { kind: 'internal' }),
    new DomainError('BAD_USER_INPUT', 'no such table: readers', { kind: 'internal' }),
    'thrown text',
  ])('reveals nothing about an unexpected error: %s', (cause) => {
    const extensions = { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['at somewhere'], exception: {} };
    const { shown, unexpected } = formatError({ ...formatted, extensions }, cause, { requestId: 'r-1' });
    expect(unexpected).toBe(true);
    expect(shown.message).toContain('request id r-1');
    expect(shown).toEqual({
      message: expect.stringContaining('request id'),
      ...place,
      extensions: { code: 'INTERNAL', requestId: 'r-1' },
    });
  });
});
