import { Inject, Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { Order } from '../models/order.model.js';
import { Product } from '../models/product.model.js';
import { User } from '../models/user.model.js';
import { ORDERS, PRODUCTS, USERS } from '../upstreams/upstreams.module.js';
import type { Orders, Products, Users } from '../upstreams/upstreams.module.js';

/** One request's view of the entities: each is fetched at most once, all that are asked for together in one call. */
export interface Loaders {
  readonly User: EntityLoader<User>;
  readonly Product: EntityLoader<Product>;
  readonly Order: EntityLoader<Order>;
}

/** Answers null for an id that no entity has. */
export type EntityLoader<T> = DataLoader<string, T | null>;

/** What the batch RPCs accept at most (see the .proto files). */
const MAX_IDS = 1000;

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
        const { users } = await this.users.call('batchGetUsers', { ids });
        return users.map((message) => new User(message));
      }),
      Product: batched(async (ids) => {
        const { products } = await this.products.call('batchGetProducts', { ids });
        return products.map((message) => new Product(message));
      }),
      Order: batched(async (ids) => {
        const { orders } = await this.orders.call('batchGetOrders', { ids });
        return orders.map((message) => new Order(message));
      }),
    };
  }
}

/** A loader over a call that answers in any order and leaves out what it does not know. */
export function batched<T extends { id: string }>(fetch: (ids: string[]) => Promise<T[]>): EntityLoader<T> {
  return new DataLoader(
    async (ids) => {
      const found = new Map((await fetch([...ids])).map((entity) => [entity.id, entity]));
      return ids.map((id) => found.get(id) ?? null);
    },
    { maxBatchSize: MAX_IDS },
  );
}
