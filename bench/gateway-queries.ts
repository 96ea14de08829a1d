import type { Servers } from './servers.js';

const FLAT = `query Flat($page: Int!, $limit: Int!) {
  users(page: $page, limit: $limit) { id name email createdAt }
}`;
const NESTED = `query Nested($userId: ID!, $limit: Int!) {
  userOrders(userId: $userId, limit: $limit) { id items { quantity product { name price } } user { name } }
}`;

/** The two queries of the gateway benchmarks, over twenty users, ten products, and ten orders of three items each. */
export async function stockQueries(servers: Servers): Promise<Record<'flat' | 'nested', object>> {
  const users = await created(servers, 20, (n) => ({
    query: `mutation { new: createUser(name: "User ${n}", email: "u${n}@example.com", password: "password") { id } }`,
  }));
  const products = await created(servers, 10, (n) => ({
    query: `mutation { new: createProduct(name: "Product ${n}", price: 9.99, stock: 1000, category: "c") { id } }`,
  }));
  const userId = users[0]!;
  await created(servers, 10, (n) => {
    const items = [0, 1, 2].map((k) => `{ productId: "${products[(n + k) % 10]}", quantity: 1 }`);
    return {
      query: `mutation { new: createOrder(userId: "${userId}", items: [${items.join(' ')}]) { id } }`,
    };
  });
  return {
    flat: { query: FLAT, operationName: 'Flat', variables: { page: 1, limit: 10 } },
    nested: { query: NESTED, operationName: 'Nested', variables: { userId, limit: 10 } },
  };
}

/** Runs a number of mutations and returns the created ids. */
async function created(servers: Servers, count: number, mutation: (n: number) => object): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push((await servers.ask<{ new: { id: string } }>(mutation(n))).new.id);
  return ids;
}
