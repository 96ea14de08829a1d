import type { EntityLoader } from '@msx/gateway';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@msx/runtime';
import type { OrderItem } from '../gen/order.js';
import type { GatewayContext } from '../entities/entities.js';
import type { CreateOrderArgs } from '../models/order.args.js';
import { Order } from '../models/order.model.js';
import type { Product } from '../models/product.model.js';
import { ORDERS, PRODUCTS, USERS } from '../upstreams/upstreams.js';
import type { Orders, Products, Users } from '../upstreams/upstreams.js';
import { priced, refuse, stockRequests } from './basket.js';
import type { Basket, Catalogue } from './basket.js';
import { explain } from './explain.js';

/** Turns a basket into an order: validates the user and checks stock and prices at once, then creates the order. */
@Injectable()
export class Checkout {
  constructor(
    @Inject(USERS) private readonly users: Users,
    @Inject(PRODUCTS) private readonly products: Products,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {}

  /**
   * @throws DomainError USER_NOT_FOUND, PRODUCT_NOT_FOUND, OUT_OF_STOCK, PRICE_CHANGED, IDEMPOTENCY_KEY_REUSED, and whatever
   *   the services throw
   */
  async placeOrder(basket: CreateOrderArgs, { loaders, idempotencyKey }: GatewayContext): Promise<Order> {
    let items: OrderItem[];
    try {
      items = await this.checkedItems(basket, loaders.Product);
    } catch (error) {
      const earlier = await this.findEarlier(basket, idempotencyKey);
      if (earlier) return earlier;
      throw error;
    }
    const request = { userId: basket.userId, items, idempotencyKey };
    const { order } = await this.orders.call('createOrder', request, { idempotent: idempotencyKey !== '' });
    return new Order(order!);
  }

  /** The items at current prices. */
  private async checkedItems(basket: CreateOrderArgs, products: EntityLoader<Product>): Promise<OrderItem[]> {
    const catalogue = await this.check(basket);
    const refusal = refuse(basket, catalogue);
    if (refusal) throw explain(refusal, await namesOf(catalogue, products));
    return priced(basket, catalogue);
  }

  /** An unknown user counts first, even if products are unknown, too. */
  private async check(basket: CreateOrderArgs): Promise<Catalogue> {
    const [user, catalogue] = await Promise.allSettled([
      this.requireUser(basket.userId),
      this.lookUp(basket),
    ]);
    if (user.status === 'rejected') throw user.reason;
    if (catalogue.status === 'rejected') throw catalogue.reason;
    return catalogue.value;
  }

  /**
   * A retry returns the order of the first attempt, however stock and prices have changed since: perhaps because of that
   * very order, while the retry was on its way. One that may still be ordered needs no question: order-service answers a repeated
   * key with its order.
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

/** The names of products, for messages that people read; a product without a name is called by its id. */
async function namesOf(catalogue: Catalogue, loader: EntityLoader<Product>): Promise<Map<string, string>> {
  const ids = [...catalogue.values()].filter(({ exists }) => exists).map(({ productId }) => productId);
  const products = await Promise.all(ids.map((id) => loader.load(id)));
  return new Map(ids.map((id, index) => [id, products[index]?.name ?? id]));
}
