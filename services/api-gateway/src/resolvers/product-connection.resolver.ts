import { Inject } from '@nestjs/common';
import { Args, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ProductSort as SortMessage } from '../gen/product.js';
import type { ProductFilter as FilterMessage } from '../gen/product.js';
import { ProductConnection, ProductConnectionArgs } from '../models/product-connection.js';
import type { ProductFilter } from '../models/product-connection.js';
import { Product } from '../models/product.model.js';
import { toMoney } from '../money/decimal.js';
import { PRODUCTS } from '../upstreams/upstreams.module.js';
import type { Products } from '../upstreams/upstreams.module.js';

@Resolver(() => ProductConnection)
export class ProductConnectionResolver {
  constructor(@Inject(PRODUCTS) private readonly service: Products) {}

  @Query(() => ProductConnection, { nullable: true })
  async productsConnection(@Args() args: ProductConnectionArgs): Promise<ProductConnection> {
    const { first, after, filter, sort } = args;
    const asked = {
      filter: filter ? toFilter(filter) : undefined,
      sort: SortMessage[`PRODUCT_SORT_${sort}`],
      first,
      after: after ?? '',
    };
    const { edges, hasNextPage } = await this.service.read('searchProducts', asked);
    const shown = edges.map(({ product, cursor }) => ({ node: new Product(product!), cursor }));
    return new ProductConnection({ asked, edges: shown, hasNextPage });
  }

  @ResolveField(() => Int, { nullable: true, description: 'How many there are on all pages.' })
  async totalCount(@Parent() { asked }: ProductConnection): Promise<number> {
    return (await this.service.read('countProducts', { filter: asked.filter })).count;
  }
}

function toFilter({ category, priceFrom, priceTo, inStock, search }: ProductFilter): FilterMessage {
  return {
    category: category ?? undefined,
    priceFrom: typeof priceFrom === 'number' ? toMoney(priceFrom) : undefined,
    priceTo: typeof priceTo === 'number' ? toMoney(priceTo) : undefined,
    inStock: inStock ?? undefined,
    search: search ?? undefined,
  };
}
