import { IdArgs, IsAmount, IsGiven, IsText, IsUnlessLeftOut, PageArgs } from '@msx/gateway';
import { ArgsType, Field, Float, Int } from '@nestjs/graphql';
import { MaxLength, Max, Min } from 'class-validator';

/** Keeps the total of the largest order (100 items with a quantity of 10,000) exact as a number. */
export const MAX_PRICE = 10_000_000;

const negative = { message: 'must not be negative' };
const tooMany = { message: 'must not be more than 1000000000' };
const tooFew = { message: 'must not be less than -1000000000' };
const tooLong = { message: 'must not be longer than 5000 characters' };

@ArgsType()
export class CategoryArgs {
  @Field(() => String, { nullable: true })
  @IsGiven()
  @IsText(100)
  readonly category?: string | null;
}

@ArgsType()
export class ProductsArgs extends PageArgs {
  @Field(() => String, { nullable: true })
  @IsGiven()
  @IsText(100)
  readonly category?: string | null;
}

@ArgsType()
export class CreateProductArgs {
  @Field()
  @IsText(200)
  readonly name!: string;

  @Field({ defaultValue: '' })
  @MaxLength(5000, tooLong)
  readonly description!: string;

  @Field(() => Float)
  @IsAmount(MAX_PRICE)
  readonly price!: number;

  @Field(() => Int)
  @Max(1_000_000_000, tooMany)
  @Min(0, negative)
  readonly stock!: number;

  @Field()
  @IsText(100)
  readonly category!: string;
}

/** Updates the given fields; null clears the description, and is refused for required fields. */
@ArgsType()
export class UpdateProductArgs extends IdArgs {
  @Field(() => String, { nullable: true })
  @IsUnlessLeftOut()
  @IsText(200)
  readonly name?: string | null;

  @Field(() => String, { nullable: true })
  @IsGiven()
  @MaxLength(5000, tooLong)
  readonly description?: string | null;

  @Field(() => Float, { nullable: true })
  @IsUnlessLeftOut()
  @IsAmount(MAX_PRICE)
  readonly price?: number | null;

  @Field(() => Int, { nullable: true })
  @IsUnlessLeftOut()
  @Max(1_000_000_000, tooMany)
  @Min(0, negative)
  readonly stock?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Changes the stock by this much and keeps what orders take meanwhile; `stock` replaces it.',
  })
  @IsUnlessLeftOut()
  @Max(1_000_000_000, tooMany)
  @Min(-1_000_000_000, tooFew)
  readonly stockChange?: number | null;

  @Field(() => String, { nullable: true })
  @IsUnlessLeftOut()
  @IsText(100)
  readonly category?: string | null;
}
