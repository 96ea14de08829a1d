import { ArgsType, Field, ID, ObjectType } from '@nestjs/graphql';
import type { OrderStatusChanged } from '../gen/order_events.js';
import { IsGiven, IsId } from '../validation/text.js';
import { OrderStatus, toOrderStatus } from './order-status.js';
import { Order } from './order.model.js';

@ArgsType()
export class OrderStatusChangedArgs {
  @Field(() => ID, { nullable: true, description: 'Of this user only.' })
  @IsGiven()
  @IsId()
  readonly userId?: string | null;

  @Field(() => ID, { nullable: true, description: 'This order only.' })
  @IsGiven()
  @IsId()
  readonly orderId?: string | null;
}

@ObjectType({ description: 'One step in the life of an order.' })
export class OrderStatusChange {
  @Field(() => ID)
  readonly orderId: string;

  @Field(() => ID)
  readonly userId: string;

  @Field(() => OrderStatus)
  readonly previousStatus: OrderStatus;

  @Field(() => OrderStatus)
  readonly status: OrderStatus;

  @Field(() => String, { nullable: true, description: 'Why it was rejected or cancelled.' })
  readonly reason: string | null;

  @Field()
  readonly changedAt: Date;

  @Field(() => Order, { nullable: true, description: 'As it is now.' })
  readonly order?: Order;

  constructor(message: OrderStatusChanged) {
    this.orderId = message.orderId;
    this.userId = message.userId;
    this.previousStatus = toOrderStatus(message.previousStatus);
    this.status = toOrderStatus(message.status);
    this.reason = message.reason || null;
    this.changedAt = message.changedAt!;
  }
}
