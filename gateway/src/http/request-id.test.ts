import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
const { readerService } = gateway.library;
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

const failing = '{ reader(id: "nobody") { id } }';

describe('the request id', () => {
  it('of the caller is in the response, in its errors and in the calls made for it', async () => {
    const { headers, errors } = await gateway.gql(failing, {}, { 'x-request-id': 'r-1' });
    expect(headers.get('x-request-id')).toBe('r-1');
    expect(errors![0]!.extensions.requestId).toBe('r-1');
    expect(readerService.metadata.at(-1)!.get('x-request-id')).toEqual(['r-1']);
  });

  it.each<Record<string, string>>([{}, { 'x-request-id': 'no {good} id' }])(
    'is generated if there is no usable one: %j',
    async (sent) => {
      const { headers, errors } = await gateway.gql(failing, {}, sent);
      const id = headers.get('x-request-id');
      expect(id).toMatch(/^[\da-f-]{36}$/);
      expect(errors![0]!.extensions.requestId).toBe(id);
    },
  );

  it('stays with its request when many run concurrently', async () => {
    const ids = Array.from({ length: 50 }, (_, n) => `many-${n}`);
    const answers = await Promise.all(ids.map((id) => gateway.gql(failing, {}, { 'x-request-id': id })));
    expect(answers.map(({ errors }) => errors![0]!.extensions.requestId)).toEqual(ids);
  });

  it('is in responses to requests that never reach GraphQL', async () => {
    const headers = { 'content-type': 'application/json', 'x-request-id': 'broken' };
    const response = await fetch(gateway.url, { method: 'POST', headers, body: '{' });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { requestId: 'broken' } }] });
  });
});

describe('health', () => {
  it('is served on its own port and on the main one', async () => {
    for (const base of [gateway.healthUrl, gateway.url.replace('/graphql', '/health')]) {
      for (const state of ['live', 'ready', 'started']) await until200(`${base}/${state}`);
    }
  });
});

/** `started` succeeds a moment after the port is open, when every upstream has responded. */
async function until200(url: string): Promise<void> {
  while ((await fetch(url)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 20));
}
