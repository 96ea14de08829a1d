import { Inject } from '@nestjs/common';
import { Args, Resolver, Subscription } from '@nestjs/graphql';
import type { ProductStockUpdated } from '../gen/product_events.js';
import { ProductIdArgs, ProductStockChange } from '../models/product-stock-change.model.js';
import { Changes } from '../subscriptions/changes.js';
import { productStockUpdated } from '../subscriptions/followed-events.js';
import { PRODUCTS } from '../upstreams/upstreams.module.js';
import type { Products } from '../upstreams/upstreams.module.js';

@Resolver(() => ProductStockChange)
export class ProductStockChangeResolver {
  constructor(
    @Inject(PRODUCTS) private readonly service: Products,
    private readonly changes: Changes,
  ) {}

  @Subscription(() => ProductStockChange, {
    description: 'Each change of the stock of a product, from now on.',
    resolve: (event: ProductStockUpdated) => new ProductStockChange(event),
  })
  async productStockChanged(
    @Args() { productId }: ProductIdArgs,
  ): Promise<AsyncIterableIterator<ProductStockUpdated>> {
    await this.service.read('getProduct', { id: productId });
    return this.changes.follow(productStockUpdated, (event) => event.productId === productId);
  }
}
