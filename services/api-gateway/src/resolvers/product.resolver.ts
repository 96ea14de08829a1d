import { IdArgs } from '@msx/gateway';
import { Roles, toMoney } from '@msx/runtime';
import { Inject } from '@nestjs/common';
import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CategoryArgs, CreateProductArgs, ProductsArgs, UpdateProductArgs } from '../models/product.args.js';
import { Product } from '../models/product.model.js';
import { PRODUCTS } from '../upstreams/upstreams.js';
import type { Products } from '../upstreams/upstreams.js';

@Resolver(() => Product)
export class ProductResolver {
  constructor(@Inject(PRODUCTS) private readonly service: Products) {}

  @Query(() => [Product], { nullable: true, description: 'Products, sorted by creation time.' })
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
  @Mutation(() => Product, {
    nullable: true,
    description: 'Updates the given fields; null clears the description.',
  })
  async updateProduct(@Args() changes: UpdateProductArgs): Promise<Product> {
    const { id, name, description, price, stock, stockChange, category } = changes;
    const { product } = await this.service.call('updateProduct', {
      id,
      name: name ?? undefined,
      description: description === null ? '' : description,
      price: typeof price === 'number' ? toMoney(price) : undefined,
      stock: stock ?? undefined,
      stockChange: stockChange ?? undefined,
      category: category ?? undefined,
    });
    return new Product(product!);
  }
}
