import { toDecimal } from '@msx/runtime';
import { Directive, Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Order as OrderMessage, OrderItem as ItemMessage } from '../gen/order.js';
import { OrderStatus, toOrderStatus } from './order-status.js';
import { Product } from './product.model.js';
import { User } from './user.model.js';

@ObjectType({ description: 'A line item of an order.' })
export class OrderItem {
  @Field(() => ID)
  readonly productId: string;

  @Field(() => Int)
  readonly quantity: number;

  @Field(() => Float, { description: 'Unit price at the time of the order, in the currency of the order.' })
  readonly price: number;

  @Field(() => Product, { nullable: true, description: 'The product as it is in the catalogue now.' })
  readonly product?: Product;

  constructor(message: ItemMessage) {
    this.productId = message.productId;
    this.quantity = message.quantity;
    this.price = toDecimal(message.price!.minorUnits, message.price!.currencyCode);
  }
}

@ObjectType({ description: 'What a user ordered, at the prices at that time.' })
@Directive('@key(fields: "id")')
export class Order {
  @Field(() => ID)
  readonly id: string;

  @Field(() => ID)
  readonly userId: string;

  @Field(() => OrderStatus)
  readonly status: OrderStatus;

  @Field(() => String, { nullable: true, description: 'Why the order was rejected or cancelled.' })
  readonly reason: string | null;

  @Field(() => [OrderItem])
  readonly items: OrderItem[];

  @Field(() => Float, { description: 'The sum of price × quantity of all items, in `currency`.' })
  readonly totalAmount: number;

  @Field({ description: 'ISO 4217 currency code.' })
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
