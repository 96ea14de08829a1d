import { entity } from '@msx/gateway';
import type { GraphqlContext, LoadersOf } from '@msx/gateway';
import { Order } from '../models/order.model.js';
import { Product } from '../models/product.model.js';
import { User } from '../models/user.model.js';
import { ORDERS, PRODUCTS, USERS } from '../upstreams/upstreams.js';
import type { Orders, Products, Users } from '../upstreams/upstreams.js';

/** Entities that are loaded by id: each at most once per request, in one batched call. */
export const entities = {
  User: entity(User, {
    from: USERS,
    load: async (users: Users, ids) =>
      (await users.read('batchGetUsers', { ids })).users.map((message) => new User(message)),
  }),
  Product: entity(Product, {
    from: PRODUCTS,
    load: async (products: Products, ids) =>
      (await products.read('batchGetProducts', { ids })).products.map((message) => new Product(message)),
  }),
  Order: entity(Order, {
    from: ORDERS,
    load: async (orders: Orders, ids) =>
      (await orders.read('batchGetOrders', { ids })).orders.map((message) => new Order(message)),
  }),
};

/** The loaders of one request. */
export type Loaders = LoadersOf<typeof entities>;

/** What the resolvers and relations of one request share. */
export type GatewayContext = GraphqlContext<Loaders>;
