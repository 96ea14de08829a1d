// The ceiling: a Fastify route that makes the gateway's gRPC calls, returns JSON, and does nothing else.
import fastify from 'fastify';
import { orders, products, users } from './grpc-clients.mjs';

async function flat({ page, limit }) {
  const { users: found } = await users('listUsers', { page, limit });
  return { users: found.map(({ id, name, email, createdAt }) => ({ id, name, email, createdAt })) };
}

async function nested({ userId, limit }) {
  const { orders: found } = await orders('listUserOrders', { userId, page: 1, limit });
  const productIds = [...new Set(found.flatMap(({ items }) => items.map(({ productId }) => productId)))];
  const [{ users: owners }, { products: bought }] = await Promise.all([
    users('batchGetUsers', { ids: [...new Set(found.map((order) => order.userId))] }),
    products('batchGetProducts', { ids: productIds }),
  ]);
  const user = new Map(owners.map(({ id, name }) => [id, { name }]));
  const product = new Map(bought.map(({ id, name, price }) => [id, { name, price: price.minorUnits / 100 }]));
  return {
    userOrders: found.map(({ id, userId: owner, items }) => ({
      id,
      items: items.map(({ productId, quantity }) => ({ quantity, product: product.get(productId) })),
      user: user.get(owner),
    })),
  };
}

const server = fastify();
server.post('/graphql', async ({ body }) => {
  const { operationName, variables } = body;
  return { data: await (operationName === 'Flat' ? flat(variables) : nested(variables)) };
});
server.get('/health/started', () => 'ok');
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
