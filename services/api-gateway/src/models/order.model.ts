import { Directive, Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Order as OrderMessage, OrderItem as ItemMessage } from '../gen/order.js';
import { toDecimal } from '../money/decimal.js';
import { OrderStatus, toOrderStatus } from './order-status.js';
import { Product } from './product.model.js';
import { User } from './user.model.js';

@ObjectType({ description: 'One line of an order.' })
export class OrderItem {
  @Field(() => ID)
  readonly productId: string;

  @Field(() => Int)
  readonly quantity: number;

  @Field(() => Float, { description: 'Of one piece when it was ordered, in the currency of the order.' })
  readonly price: number;

  @Field(() => Product, { nullable: true, description: 'As it is in the catalogue now.' })
  readonly product?: Product;

  constructor(message: ItemMessage) {
    this.productId = message.productId;
    this.quantity = message.quantity;
    this.price = toDecimal(message.price!.minorUnits, message.price!.currencyCode);
  }
}

@ObjectType({ description: 'What a user ordered, at the prices of that moment.' })
@Directive('@key(fields: "id")')
export class Order {
  @Field(() => ID)
  readonly id: string;

  @Field(() => ID)
  readonly userId: string;

  @Field(() => OrderStatus)
  readonly status: OrderStatus;

  @Field(() => String, { nullable: true, description: 'Why it was rejected or cancelled.' })
  readonly reason: string | null;

  @Field(() => [OrderItem])
  readonly items: OrderItem[];

  @Field(() => Float, { description: 'The sum of quantity times price, in `currency`.' })
  readonly totalAmount: number;

  @Field({ description: 'ISO 4217.' })
  readonly currency: string;

  @Field()
  readonly createdAt: Date;

  @Field()
  readonly updatedAt: Date;

  @Field(() => User, { nullable: true })
  readonly user?: User;

  constructor(message: OrderMessage) {
    const total = message.total!;
    this.id = message.id;
    this.userId = message.userId;
    this.status = toOrderStatus(message.status);
    this.reason = message.reason || null;
    this.items = message.items.map((item) => new OrderItem(item));
    this.totalAmount = toDecimal(total.minorUnits, total.currencyCode);
    this.currency = total.currencyCode;
    this.createdAt = message.createdAt!;
    this.updatedAt = message.updatedAt!;
  }
}
