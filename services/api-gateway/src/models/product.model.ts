import { toDecimal } from '@msx/runtime';
import { Directive, Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Product as ProductMessage } from '../gen/product.js';

@ObjectType({ description: 'A product that the shop sells.' })
@Directive('@key(fields: "id")')
export class Product {
  @Field(() => ID)
  readonly id: string;

  @Field()
  readonly name: string;

  @Field()
  readonly description: string;

  @Field(() => Float, { description: 'Unit price, in `currency`.' })
  readonly price: number;

  @Field({ description: 'ISO 4217 currency code.' })
  readonly currency: string;

  @Field(() => Int, { description: 'The quantity that can be ordered now.' })
  readonly stock: number;

  @Field()
  readonly category: string;

  @Field()
  readonly createdAt: Date;

  @Field()
  readonly updatedAt: Date;

  constructor(message: ProductMessage) {
    const price = message.price!;
    this.id = message.id;
    this.name = message.name;
    this.description = message.description;
    this.price = toDecimal(price.minorUnits, price.currencyCode);
    this.currency = price.currencyCode;
    this.stock = message.stock;
    this.category = message.category;
    this.createdAt = message.createdAt!;
    this.updatedAt = message.updatedAt!;
  }
}
