import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';
import { OrderStatus } from '../gen/order.js';
import { ProductSort } from '../gen/product.js';

const gateway = new Gateway();
const { shop } = gateway;
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

const calls = () => Object.values(shop.servers).flatMap((server) => server.calls);
const PAGE = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

describe('a connection', () => {
  it('is walked from cursor to cursor, and counted', async () => {
    const users = Array.from({ length: 5 }, (_, n) => shop.addUser(`Walker ${n}`));
    const query = `query ($after: String) { usersConnection(first: 2, after: $after, filter: { search: "Walker" }) {
      totalCount edges { cursor node { name } } ${PAGE} } }`;
    const seen: string[] = [];
    for (let after: string | undefined, previous = false; ; previous = true) {
      const { usersConnection: page } = (await gateway.gql(query, { after })).data;
      const names = page.edges.map((edge: { node: { name: string } }) => edge.node.name);
      seen.push(...names);
      expect(page.totalCount).toBe(5);
      expect(page.pageInfo).toEqual({
        hasNextPage: seen.length < 5,
        hasPreviousPage: previous,
        startCursor: page.edges[0].cursor,
        endCursor: page.edges.at(-1).cursor,
      });
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(seen).toEqual(users.map(({ name }) => name));
  });

  it('is counted only on request', async () => {
    shop.forgetCalls();
    await gateway.gql('{ productsConnection { edges { cursor } } }');
    expect(calls()).toEqual(['searchProducts']);
  });

  it('passes filter and sort on as the service expects them', async () => {
    shop.searches.length = 0;
    const filter =
      '{ category: " Books ", priceFrom: 1.15, priceTo: 29.99, inStock: false, search: "atlas" }';
    const query = `{ productsConnection(first: 7, after: "", sort: PRICE_DESC, filter: ${filter}) { ${PAGE} } }`;
    const { data } = await gateway.gql(query);
    const nothing = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
    expect(data.productsConnection).toEqual({ pageInfo: nothing });
    const usd = (minorUnits: number) => ({ minorUnits, currencyCode: 'USD' });
    expect(shop.searches).toEqual([
      {
        filter: {
          category: 'Books',
          priceFrom: usd(115),
          priceTo: usd(2_999),
          inStock: false,
          search: 'atlas',
        },
        sort: ProductSort.PRODUCT_SORT_PRICE_DESC,
        first: 7,
        after: '',
      },
    ]);
  });

  it('loads what its nodes refer to with one call to each service', async () => {
    const user = shop.addUser('Jane');
    const products = Array.from({ length: 3 }, (_, n) => shop.addProduct({ name: `Product ${n}` }));
    const orders = Array.from({ length: 20 }, () => shop.addOrder(user.id, products));
    const confirmed = shop.addOrder(user.id, products);
    shop.orders.set(confirmed.id, { ...confirmed, status: OrderStatus.ORDER_STATUS_CONFIRMED });
    shop.forgetCalls();
    const query = `query ($userId: ID!) {
      userOrdersConnection(userId: $userId, first: 100, filter: { status: [PENDING], createdAfter: "2020-01-01T00:00:00Z" }) {
        edges { node { id user { name } items { product { name } } } }
      }
    }`;
    const { data, errors } = await gateway.gql(query, { userId: user.id });
    expect(errors).toBeUndefined();
    const items = products.map(({ name }) => ({ product: { name } }));
    expect(data.userOrdersConnection.edges).toEqual(
      orders.map(({ id }) => ({ node: { id, user: { name: 'Jane' }, items } })),
    );
    expect(calls().sort()).toEqual(['batchGetProducts', 'batchGetUsers', 'searchUserOrders']);
  });

  it.each([
    ['{ productsConnection(first: 0) { totalCount } }', 'first must not be less than 1'],
    ['{ productsConnection(first: 101) { totalCount } }', 'first must not be more than 100'],
    ['{ usersConnection(after: "nonsense") { totalCount } }', 'after must be a cursor'],
    [
      '{ productsConnection(filter: { priceFrom: -1 }) { totalCount } }',
      'filter.priceFrom must not be negative',
    ],
    ['{ productsConnection(filter: { category: " " }) { totalCount } }', 'filter.category must not be empty'],
  ])('with an invalid argument is refused: %s', async (query, problem) => {
    const { errors } = await gateway.gql(query);
    const { code, validation } = errors![0]!.extensions;
    expect(code).toBe('VALIDATION_FAILED');
    const problems = (validation as { field: string; message: string }[]).map(
      ({ field, message }) => `${field} ${message}`,
    );
    expect(problems).toEqual([problem]);
  });

  it('treats null like a missing argument', async () => {
    const query = '{ productsConnection(after: null, filter: null) { pageInfo { hasPreviousPage } } }';
    const { data } = await gateway.gql(query);
    expect(data.productsConnection.pageInfo.hasPreviousPage).toBe(false);
    const nulls = '{ category: null, priceFrom: null, inStock: null, search: null }';
    const all = await gateway.gql(`{ productsConnection(filter: ${nulls}) { totalCount } }`);
    expect(all.data.productsConnection.totalCount).toBe(shop.products.size);
  });

  it('costs as much as it can contain', async () => {
    const one =
      'userOrdersConnection(userId: "u", first: 100) { edges { node { items { product { id } } } } }';
    const five = Array.from({ length: 5 }, (_, n) => `of${n}: ${one}`).join(' ');
    const { errors } = await gateway.gql(`{ ${five} }`);
    const actual = 5 * (1 + 100 * (1 + 1 + 10 * 2));
    expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COSTLY', actual } }]);
  });
});
