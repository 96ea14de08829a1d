import { IsGiven, IsId } from '@msx/gateway';
import { ArgsType, Field, ID, ObjectType } from '@nestjs/graphql';
import type { OrderStatusChanged } from '../gen/order_events.js';
import { OrderStatus, toOrderStatus } from './order-status.js';
import { Order } from './order.model.js';

@ArgsType()
export class OrderStatusChangedArgs {
  @Field(() => ID, { nullable: true, description: 'Only orders of this user.' })
  @IsGiven()
  @IsId()
  readonly userId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only this order.' })
  @IsGiven()
  @IsId()
  readonly orderId?: string | null;
}

@ObjectType({ description: 'A change of the status of an order.' })
export class OrderStatusChange {
  @Field(() => ID)
  readonly orderId: string;

  @Field(() => ID)
  readonly userId: string;

  @Field(() => OrderStatus)
  readonly previousStatus: OrderStatus;

  @Field(() => OrderStatus)
  readonly status: OrderStatus;

  @Field(() => String, { nullable: true, description: 'Why the order was rejected or cancelled.' })
  readonly reason: string | null;

  @Field()
  readonly changedAt: Date;

  @Field(() => Order, { nullable: true, description: 'The order in its current state.' })
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
