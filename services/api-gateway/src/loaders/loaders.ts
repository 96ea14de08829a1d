import { Inject, Injectable } from '@nestjs/common';
import { Order } from '../models/order.model.js';
import { Product } from '../models/product.model.js';
import { User } from '../models/user.model.js';
import { ORDERS, PRODUCTS, USERS } from '../upstreams/upstreams.module.js';
import type { Orders, Products, Users } from '../upstreams/upstreams.module.js';
import { batched } from './batched.js';
import type { EntityLoader } from './batched.js';

/** One request's view of the entities: each is fetched at most once, all that are asked for together in one call. */
export interface Loaders {
  readonly User: EntityLoader<User>;
  readonly Product: EntityLoader<Product>;
  readonly Order: EntityLoader<Order>;
}

@Injectable()
export class LoadersFactory {
  constructor(
    @Inject(USERS) private readonly users: Users,
    @Inject(PRODUCTS) private readonly products: Products,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {}

  /** New loaders; never share them between requests, or one would see another's data. */
  create(): Loaders {
    return {
      User: batched(async (ids) => {
        const { users } = await this.users.read('batchGetUsers', { ids });
        return users.map((message) => new User(message));
      }),
      Product: batched(async (ids) => {
        const { products } = await this.products.read('batchGetProducts', { ids });
        return products.map((message) => new Product(message));
      }),
      Order: batched(async (ids) => {
        const { orders } = await this.orders.read('batchGetOrders', { ids });
        return orders.map((message) => new Order(message));
      }),
    };
  }
}
