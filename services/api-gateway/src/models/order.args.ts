import { IdArgs, IsAmount, IsGiven, IsId, PageArgs } from '@msx/gateway';
import { DEFAULT_LIMIT, MAX_LIMIT } from '@msx/runtime';
import { ArgsType, Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { MAX_PRICE } from './product.args.js';

const MAX_ITEMS = 100;
const MAX_QUANTITY = 10_000;

@InputType()
export class OrderItemInput {
  @Field(() => ID)
  @IsId()
  readonly productId!: string;

  @Field(() => Int)
  @Max(MAX_QUANTITY, { message: `must not be more than ${MAX_QUANTITY}` })
  @Min(1, { message: 'must not be less than 1' })
  readonly quantity!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'The expected unit price; the order is refused with PRICE_CHANGED if the catalogue has another one.',
  })
  @IsGiven()
  @IsAmount(MAX_PRICE)
  readonly price?: number | null;
}

@ArgsType()
export class CreateOrderArgs {
  @Field(() => ID)
  @IsId()
  readonly userId!: string;

  @Field(() => [OrderItemInput])
  @Type(() => OrderItemInput)
  @ValidateNested({ each: true })
  @ArrayMaxSize(MAX_ITEMS, { message: `must have at most ${MAX_ITEMS} items` })
  @ArrayMinSize(1, { message: 'must not be empty' })
  readonly items!: OrderItemInput[];

  @Field(() => Float, {
    nullable: true,
    description: 'The expected total; the order is refused with PRICE_CHANGED if the current total differs.',
  })
  @IsGiven()
  @IsAmount(MAX_PRICE * MAX_ITEMS * MAX_QUANTITY)
  readonly totalAmount?: number | null;
}

@ArgsType()
export class CancelOrderArgs extends IdArgs {
  @Field(() => String, { defaultValue: '' })
  @MaxLength(500, { message: 'must not be longer than 500 characters' })
  readonly reason!: string;
}

@ArgsType()
export class UserIdArgs {
  @Field(() => ID)
  @IsId()
  readonly userId!: string;
}

@ArgsType()
export class UserOrdersArgs extends PageArgs {
  @Field(() => ID)
  @IsId()
  readonly userId!: string;
}

@ArgsType()
export class OrderHistoryArgs {
  @Field(() => Int, { defaultValue: DEFAULT_LIMIT, description: `Page size, from 1 to ${MAX_LIMIT}.` })
  @Max(MAX_LIMIT, { message: `must not be more than ${MAX_LIMIT}` })
  @Min(1, { message: 'must not be less than 1' })
  readonly first!: number;

  @Field(() => Int, { defaultValue: 0, description: 'The version of the last event of the previous page.' })
  @Min(0, { message: 'must not be less than 0' })
  readonly after!: number;
}
