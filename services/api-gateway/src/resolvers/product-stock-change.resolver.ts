import { Changes } from '@msx/gateway';
import { Inject } from '@nestjs/common';
import { Args, Resolver, Subscription } from '@nestjs/graphql';
import type { ProductStockUpdated } from '../gen/product_events.js';
import { ProductIdArgs, ProductStockChange } from '../models/product-stock-change.model.js';
import { productStockUpdated } from '../events/followed-events.js';
import { PRODUCTS } from '../upstreams/upstreams.js';
import type { Products } from '../upstreams/upstreams.js';

@Resolver(() => ProductStockChange)
export class ProductStockChangeResolver {
  constructor(
    @Inject(PRODUCTS) private readonly service: Products,
    private readonly changes: Changes,
  ) {}

  @Subscription(() => ProductStockChange, {
    description: 'Future changes of the stock of a product.',
    resolve: (event: ProductStockUpdated) => new ProductStockChange(event),
  })
  async productStockChanged(
    @Args() { productId }: ProductIdArgs,
  ): Promise<AsyncIterableIterator<ProductStockUpdated>> {
    await this.service.read('getProduct', { id: productId });
    return this.changes.follow(productStockUpdated, (event) => event.productId === productId);
  }
}
