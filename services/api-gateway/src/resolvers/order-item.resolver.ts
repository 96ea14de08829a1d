import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RequestLoaders } from '../graphql/graphql-context.js';
import type { Loaders } from '../loaders/loaders.js';
import { OrderItem } from '../models/order.model.js';
import { Product } from '../models/product.model.js';

@Resolver(() => OrderItem)
export class OrderItemResolver {
  @ResolveField(() => Product, { nullable: true, description: 'As it is in the catalogue now.' })
  product(@Parent() item: OrderItem, @RequestLoaders() loaders: Loaders): Promise<Product | null> {
    return loaders.Product.load(item.productId);
  }
}
