import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { ProductStockUpdated } from '../gen/product_events.js';
import { IsId } from '../validation/text.js';
import { Product } from './product.model.js';

@ArgsType()
export class ProductIdArgs {
  @Field(() => ID)
  @IsId()
  readonly productId!: string;
}

@ObjectType({ description: 'Pieces that went off the shelf, or came back to it.' })
export class ProductStockChange {
  @Field(() => ID)
  readonly productId: string;

  @Field(() => Int, { description: 'How many pieces there were then.' })
  readonly stock: number;

  @Field(() => Int, { description: 'Negative when they were taken.' })
  readonly change: number;

  @Field(() => Product, { nullable: true, description: 'As it is now.' })
  readonly product?: Product;

  constructor({ productId, stock, change }: ProductStockUpdated) {
    this.productId = productId;
    this.stock = stock;
    this.change = change;
  }
}
