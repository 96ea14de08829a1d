import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@msx/runtime';
import type { GraphqlContext } from '../graphql/graphql-context.js';
import type { EntityLoader } from '../loaders/batched.js';
import type { CreateOrderArgs } from '../models/order.args.js';
import { Order } from '../models/order.model.js';
import type { Product } from '../models/product.model.js';
import { ORDERS, PRODUCTS, USERS } from '../upstreams/upstreams.module.js';
import type { Orders, Products, Users } from '../upstreams/upstreams.module.js';
import { priced, refuse, stockRequests } from './basket.js';
import type { Basket, Catalogue } from './basket.js';
import { explain } from './explain.js';

/** How a basket becomes an order: the user is valid, stock and prices are checked, then the order is accepted. */
@Injectable()
export class Checkout {
  constructor(
    @Inject(USERS) private readonly users: Users,
    @Inject(PRODUCTS) private readonly products: Products,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {}

  /**
   * @throws DomainError USER_NOT_FOUND, PRODUCT_NOT_FOUND, OUT_OF_STOCK, PRICE_CHANGED, and IDEMPOTENCY_KEY_REUSED, what the services throw
   */
  async placeOrder(wanted: CreateOrderArgs, { loaders, idempotencyKey }: GraphqlContext): Promise<Order> {
    const earlier = await this.findEarlier(wanted, idempotencyKey);
    if (earlier) return earlier;
    await this.requireUser(wanted.userId);
    const catalogue = await this.lookUp(wanted);
    const refusal = refuse(wanted, catalogue);
    if (refusal) {
      const meanwhile = await this.findEarlier(wanted, idempotencyKey);
      if (meanwhile) return meanwhile;
      throw explain(refusal, await namesOf(catalogue, loaders.Product));
    }
    const request = { userId: wanted.userId, items: priced(wanted, catalogue), idempotencyKey };
    const { order } = await this.orders.call('createOrder', request, { idempotent: idempotencyKey !== '' });
    return new Order(order!);
  }

  /**
   * A retry answers what the first try did, whatever stock and prices have become since - perhaps by that very order,
   * while the retry was on its way.
   */
  private async findEarlier(
    { userId, items }: CreateOrderArgs,
    idempotencyKey: string,
  ): Promise<Order | undefined> {
    if (!idempotencyKey) return undefined;
    const same = items.map(({ productId, quantity }) => ({ productId, quantity, price: undefined }));
    const { order } = await this.orders.read('findOrder', { userId, idempotencyKey, items: same });
    return order && new Order(order);
  }

  private async requireUser(id: string): Promise<void> {
    const { valid } = await this.users.read('validateUser', { id });
    if (!valid)
      throw new DomainError('USER_NOT_FOUND', `there is no user ${JSON.stringify(id)}`, {
        kind: 'not-found',
      });
  }

  private async lookUp(basket: Basket): Promise<Catalogue> {
    const { items } = await this.products.read('checkProductStock', { items: stockRequests(basket) });
    return new Map(items.map((answer) => [answer.productId, answer]));
  }
}

/** The names of products, for messages that people read; an unknown one is called by its id. */
async function namesOf(catalogue: Catalogue, loader: EntityLoader<Product>): Promise<Map<string, string>> {
  const known = [...catalogue.values()].filter(({ exists }) => exists).map(({ productId }) => productId);
  const products = await Promise.all(known.map((id) => loader.load(id)));
  return new Map(known.map((id, index) => [id, products[index]?.name ?? id]));
}
