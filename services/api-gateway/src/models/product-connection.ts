import { ConnectionArgs, IsAmount, IsGiven, IsText, connectionTo } from '@msx/gateway';
import { ArgsType, Field, Float, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { MaxLength, ValidateNested } from 'class-validator';
import type { SearchProductsRequest } from '../gen/product.js';
import { MAX_PRICE } from './product.args.js';
import { Product } from './product.model.js';

export enum ProductSort {
  CREATED_ASC = 'CREATED_ASC',
  CREATED_DESC = 'CREATED_DESC',
  PRICE_ASC = 'PRICE_ASC',
  PRICE_DESC = 'PRICE_DESC',
  NAME_ASC = 'NAME_ASC',
  NAME_DESC = 'NAME_DESC',
}

registerEnumType(ProductSort, { name: 'ProductSort', description: 'Ties are broken by id.' });

@InputType({ description: 'All given conditions must match.' })
export class ProductFilter {
  @Field(() => String, { nullable: true })
  @IsGiven()
  @IsText(100)
  readonly category?: string | null;

  @Field(() => Float, { nullable: true, description: 'Minimum price.' })
  @IsGiven()
  @IsAmount(MAX_PRICE)
  readonly priceFrom?: number | null;

  @Field(() => Float, { nullable: true, description: 'Maximum price.' })
  @IsGiven()
  @IsAmount(MAX_PRICE)
  readonly priceTo?: number | null;

  @Field(() => Boolean, { nullable: true })
  readonly inStock?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Matches the name or description. Case-insensitive in all scripts; accents are significant.',
  })
  @IsGiven()
  @MaxLength(200, { message: 'must not be longer than 200 characters' })
  readonly search?: string | null;
}

@ArgsType()
export class ProductConnectionArgs extends ConnectionArgs {
  @Field(() => ProductFilter, { nullable: true })
  @Type(() => ProductFilter)
  @IsGiven()
  @ValidateNested()
  readonly filter?: ProductFilter | null;

  @Field(() => ProductSort, { defaultValue: ProductSort.CREATED_ASC })
  readonly sort!: ProductSort;
}

@ObjectType({ description: 'A page of products.' })
export class ProductConnection extends connectionTo<Product, SearchProductsRequest>(Product) {}
