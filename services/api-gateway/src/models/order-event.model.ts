import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { type OrderEvent as EventMessage, OrderEventType as TypeMessage } from '../gen/order.js';

export enum OrderEventType {
  CREATED = 'CREATED',
  CONFIRMED = 'CONFIRMED',
  REJECTED = 'REJECTED',
  CANCELLED = 'CANCELLED',
}

registerEnumType(OrderEventType, { name: 'OrderEventType' });

@ObjectType({ description: 'What happened to an order.' })
export class OrderEvent {
  @Field(() => Int, { description: '1 for the first event of an order, and one more for each.' })
  readonly version: number;

  @Field(() => OrderEventType)
  readonly type: OrderEventType;

  @Field()
  readonly at: Date;

  @Field(() => ID, {
    nullable: true,
    description: 'The id of the user who did it; null if the shop did, or if nobody knows.',
  })
  readonly by: string | null;

  @Field(() => String, { nullable: true, description: 'Why the order was rejected or cancelled.' })
  readonly reason: string | null;

  constructor(message: EventMessage) {
    this.version = message.version;
    this.type = toOrderEventType(message.type);
    this.at = message.at!;
    this.by = message.by || null;
    this.reason = message.reason || null;
  }
}

const types: Partial<Record<TypeMessage, OrderEventType>> = {
  [TypeMessage.ORDER_EVENT_TYPE_CREATED]: OrderEventType.CREATED,
  [TypeMessage.ORDER_EVENT_TYPE_CONFIRMED]: OrderEventType.CONFIRMED,
  [TypeMessage.ORDER_EVENT_TYPE_REJECTED]: OrderEventType.REJECTED,
  [TypeMessage.ORDER_EVENT_TYPE_CANCELLED]: OrderEventType.CANCELLED,
};

/** @throws Error for a type that this gateway does not know yet: it must not be shown as another one */
function toOrderEventType(message: TypeMessage): OrderEventType {
  const type = types[message];
  if (!type) throw new Error(`unknown order event type ${message}`);
  return type;
}
