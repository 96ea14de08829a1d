import { toMoney } from '@msx/runtime';
import { Inject } from '@nestjs/common';
import { Args, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ProductSort as SortMessage } from '../gen/product.js';
import type { ProductFilter as FilterMessage } from '../gen/product.js';
import { ProductConnection, ProductConnectionArgs } from '../models/product-connection.js';
import type { ProductFilter } from '../models/product-connection.js';
import { Product } from '../models/product.model.js';
import { PRODUCTS } from '../upstreams/upstreams.js';
import type { Products } from '../upstreams/upstreams.js';

@Resolver(() => ProductConnection)
export class ProductConnectionResolver {
  constructor(@Inject(PRODUCTS) private readonly service: Products) {}

  @Query(() => ProductConnection, { nullable: true })
  async productsConnection(@Args() args: ProductConnectionArgs): Promise<ProductConnection> {
    const { first, after, filter, sort } = args;
    const request = {
      filter: filter ? toFilter(filter) : undefined,
      sort: SortMessage[`PRODUCT_SORT_${sort}`],
      first,
      after: after ?? '',
    };
    const { edges, hasNextPage } = await this.service.read('searchProducts', request);
    const nodeEdges = edges.map(({ product, cursor }) => ({ node: new Product(product!), cursor }));
    return new ProductConnection({ request, edges: nodeEdges, hasNextPage });
  }

  @ResolveField(() => Int, { nullable: true, description: 'The number of matches on all pages.' })
  async totalCount(@Parent() { request }: ProductConnection): Promise<number> {
    return (await this.service.read('countProducts', { filter: request.filter })).count;
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
