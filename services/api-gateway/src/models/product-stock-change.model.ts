import { IsId } from '@msx/gateway';
import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { ProductStockUpdated } from '../gen/product_events.js';
import { Product } from './product.model.js';

@ArgsType()
export class ProductIdArgs {
  @Field(() => ID)
  @IsId()
  readonly productId!: string;
}

@ObjectType({ description: 'A change of the stock of a product.' })
export class ProductStockChange {
  @Field(() => ID)
  readonly productId: string;

  @Field(() => Int, { description: 'The stock after the change.' })
  readonly stock: number;

  @Field(() => Int, { description: 'Negative when taken, positive when returned or added.' })
  readonly change: number;

  @Field(() => Product, { nullable: true, description: 'The product in its current state.' })
  readonly product?: Product;

  constructor({ productId, stock, change }: ProductStockUpdated) {
    this.productId = productId;
    this.stock = stock;
    this.change = change;
  }
}
