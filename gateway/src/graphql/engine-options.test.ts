import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
const introspection = '{ __schema { types { name } } }';
beforeAll(() => gateway.start('production'));
afterAll(() => gateway.stop());

describe('in production', () => {
  it('there is no introspection', async () => {
    const { status, errors } = await gateway.gql(introspection);
    expect(status).toBe(400);
    expect(errors).toHaveLength(2);
    for (const { message, extensions } of errors!) {
      expect(message).toMatch(/^GraphQL introspection has been disabled/);
      expect(extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    }
  });

  it('there is no playground, nor any other page', async () => {
    const response = await fetch(gateway.url, { headers: { accept: 'text/html' } });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch('application/json');
  });

  it('responses to queries must not be cached', async () => {
    const { data, headers } = await gateway.gql('{ readersCount }');
    expect(data).toEqual({ readersCount: 0 });
    expect(headers.get('cache-control')).toBe('no-store');
  });
});
