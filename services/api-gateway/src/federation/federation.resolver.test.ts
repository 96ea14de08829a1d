import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
const { shop } = gateway;
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

const entities = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename ... on User { name } ... on Product { name price } ... on Order { status user { name } }
  }
}`;

describe('the subgraph', () => {
  it('prints its schema with keys, and without what the specification adds', async () => {
    const { data } = await gateway.gql('{ _service { sdl } }');
    const { sdl } = data._service;
    expect(() => parse(sdl)).not.toThrow();
    expect(sdl).toMatch(/^extend schema @link\(url: "https:\/\/specs\.apollo\.dev\/federation\/v2/);
    for (const entity of ['User', 'Product', 'Order'])
      expect(sdl).toContain(`type ${entity} @key(fields: "id") {`);
    expect(sdl).toContain('type PageInfo @shareable {');
    expect(sdl).not.toMatch(/\b_(Any|Entity|Service|entities|service)\b/);
  });

  it('answers entities in the order asked for, with one call to each service', async () => {
    const users = Array.from({ length: 20 }, (_, n) => shop.addUser(`User ${n}`));
    const product = shop.addProduct({ name: 'Mouse', price: { minorUnits: 2999, currencyCode: 'USD' } });
    const order = shop.addOrder(users[0]!.id, [product]);
    shop.forgetCalls();
    const representations = [
      { __typename: 'Product', id: product.id },
      ...users.map(({ id }) => ({ __typename: 'User', id })),
      { __typename: 'User', id: 'nobody' },
      { __typename: 'Order', id: order.id },
    ];

    const { data, errors } = await gateway.gql(entities, { representations });

    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([
      { __typename: 'Product', name: 'Mouse', price: 29.99 },
      ...users.map(({ name }) => ({ __typename: 'User', name })),
      null,
      { __typename: 'Order', status: 'PENDING', user: { name: 'User 0' } },
    ]);
    expect(shop.userService.calls).toEqual(['batchGetUsers']);
    expect(shop.productService.calls).toEqual(['batchGetProducts']);
    expect(shop.orderService.calls).toEqual(['batchGetOrders']);
  });

  it.each([
    { __typename: 'Nothing', id: '1' },
    { __typename: 'User' },
    { __typename: 'toString', id: '1' },
    'User',
  ])('answers null and an error for %j, and the rest all the same', async (wrong) => {
    const { id, name } = shop.addUser('Jane');
    const representations = [wrong, { __typename: 'User', id }];
    const { data, errors } = await gateway.gql(entities, { representations });
    expect(data._entities).toEqual([null, { __typename: 'User', name }]);
    expect(errors).toMatchObject([{ path: ['_entities', 0], extensions: { code: 'VALIDATION_FAILED' } }]);
  });
});
