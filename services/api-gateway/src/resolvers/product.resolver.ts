import { Roles } from '@msx/runtime';
import { Inject } from '@nestjs/common';
import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { IdArgs } from '../models/id.args.js';
import { CategoryArgs, CreateProductArgs, ProductsArgs, UpdateProductArgs } from '../models/product.args.js';
import { Product } from '../models/product.model.js';
import { toMoney } from '../money/decimal.js';
import { PRODUCTS } from '../upstreams/upstreams.module.js';
import type { Products } from '../upstreams/upstreams.module.js';

@Resolver(() => Product)
export class ProductResolver {
  constructor(@Inject(PRODUCTS) private readonly service: Products) {}

  @Query(() => [Product], { nullable: true, description: 'In order of creation.' })
  async products(@Args() { page, limit, category }: ProductsArgs): Promise<Product[]> {
    const { products } = await this.service.read('listProducts', {
      page,
      limit,
      category: category ?? undefined,
    });
    return products.map((message) => new Product(message));
  }

  @Query(() => Int, { nullable: true })
  async productsCount(@Args() { category }: CategoryArgs): Promise<number> {
    return (await this.service.read('countProducts', { category: category ?? undefined })).count;
  }

  @Query(() => Product, { nullable: true })
  async product(@Args() { id }: IdArgs): Promise<Product> {
    const { product } = await this.service.read('getProduct', { id });
    return new Product(product!);
  }

  @Roles('admin')
  @Mutation(() => Product, { nullable: true })
  async createProduct(@Args() { price, ...rest }: CreateProductArgs): Promise<Product> {
    const { product } = await this.service.call('createProduct', { ...rest, price: toMoney(price) });
    return new Product(product!);
  }

  @Roles('admin')
  @Mutation(() => Product, { nullable: true, description: 'Changes the fields that are given.' })
  async updateProduct(@Args() changes: UpdateProductArgs): Promise<Product> {
    const { id, name, description, price, stock, category } = changes;
    const { product } = await this.service.call('updateProduct', {
      id,
      name: name ?? undefined,
      description: description ?? undefined,
      price: typeof price === 'number' ? toMoney(price) : undefined,
      stock: stock ?? undefined,
      category: category ?? undefined,
    });
    return new Product(product!);
  }
}
