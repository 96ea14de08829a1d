// The ceiling: a Fastify route that makes the gateway's gRPC calls and answers JSON, and does nothing else.
import grpc from '@grpc/grpc-js';
import fastify from 'fastify';
import { OrderServiceService } from '../../services/api-gateway/dist/gen/order.js';
import { ProductServiceService } from '../../services/api-gateway/dist/gen/product.js';
import { UserServiceService } from '../../services/api-gateway/dist/gen/user.js';

const clientOf = (definition, address) => {
  const Client = grpc.makeGenericClientConstructor(definition, 'Service');
  const client = new Client(address, grpc.credentials.createInsecure());
  return (method, request) =>
    new Promise((resolve, reject) =>
      client[method](request, (error, answer) => (error ? reject(error) : resolve(answer))),
    );
};
const users = clientOf(UserServiceService, process.env.USER_SERVICE_URL);
const products = clientOf(ProductServiceService, process.env.PRODUCT_SERVICE_URL);
const orders = clientOf(OrderServiceService, process.env.ORDER_SERVICE_URL);

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
