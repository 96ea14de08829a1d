import { ConnectionArgs, IsGiven, IsId, connectionTo } from '@msx/gateway';
import { ArgsType, Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ValidateNested } from 'class-validator';
import type { SearchUserOrdersRequest } from '../gen/order.js';
import { OrderStatus } from './order-status.js';
import { Order } from './order.model.js';

export enum OrderSort {
  CREATED_ASC = 'CREATED_ASC',
  CREATED_DESC = 'CREATED_DESC',
}

registerEnumType(OrderSort, { name: 'OrderSort', description: 'Ties are broken by id.' });

@InputType({ description: 'All given conditions must match.' })
export class OrderFilter {
  @Field(() => [OrderStatus], { nullable: true, description: 'Any of these statuses.' })
  @IsGiven()
  @ArrayMaxSize(10, { message: 'must have at most 10 statuses' })
  readonly status?: OrderStatus[] | null;

  @Field(() => Date, { nullable: true })
  readonly createdAfter?: Date | null;

  @Field(() => Date, { nullable: true })
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
