import { ArgsType, Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ValidateNested } from 'class-validator';
import type { SearchUserOrdersRequest } from '../gen/order.js';
import { IsMoment } from '../validation/is-moment.js';
import { IsGiven, IsId } from '../validation/text.js';
import { ConnectionArgs, connectionTo } from './connection.js';
import { OrderStatus } from './order-status.js';
import { Order } from './order.model.js';

export enum OrderSort {
  CREATED_ASC = 'CREATED_ASC',
  CREATED_DESC = 'CREATED_DESC',
}

registerEnumType(OrderSort, { name: 'OrderSort', description: 'Equals go by id.' });

@InputType({ description: 'All that is given has to be true.' })
export class OrderFilter {
  @Field(() => [OrderStatus], { nullable: true, description: 'One of these.' })
  @IsGiven()
  @ArrayMaxSize(10, { message: 'must not hold more than 10 statuses' })
  readonly status?: OrderStatus[] | null;

  @Field(() => Date, { nullable: true })
  @IsGiven()
  @IsMoment()
  readonly createdAfter?: Date | null;

  @Field(() => Date, { nullable: true })
  @IsGiven()
  @IsMoment()
  readonly createdBefore?: Date | null;
}

@ArgsType()
export class OrderConnectionArgs extends ConnectionArgs {
  @Field(() => ID)
  @IsId()
  readonly userId!: string;

  @Field(() => OrderFilter, { nullable: true })
  @Type(() => OrderFilter)
  @IsGiven()
  @ValidateNested()
  readonly filter?: OrderFilter | null;

  @Field(() => OrderSort, { defaultValue: OrderSort.CREATED_ASC })
  readonly sort!: OrderSort;
}

@ObjectType({ description: "A page of one user's orders." })
export class OrderConnection extends connectionTo<Order, SearchUserOrdersRequest>(Order) {}
