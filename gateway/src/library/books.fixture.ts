import { toDecimal } from '@msx/runtime';
import { ArgsType, Directive, Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { Max, Min } from 'class-validator';
import { IdArgs } from '../models/id.args.js';
import { PageArgs } from '../models/page.args.js';
import { IsAmount } from '../validation/is-amount.js';
import { IsGiven, IsId, IsText, IsTextUpTo, IsUnlessLeftOut } from '../validation/text.js';
import type { Book as BookMessage, BookStockUpdated } from './contract.fixture.js';

const MAX_PRICE = 10_000_000;

@ObjectType()
@Directive('@key(fields: "id")')
export class Book {
  @Field(() => ID)
  readonly id: string;

  @Field()
  readonly name: string;

  @Field()
  readonly description: string;

  @Field(() => Float)
  readonly price: number;

  @Field(() => Int)
  readonly stock: number;

  @Field()
  readonly category: string;

  @Field()
  readonly createdAt: Date;

  @Field()
  readonly updatedAt: Date;

  constructor({ id, name, description, price, stock, category, createdAt, updatedAt }: BookMessage) {
    this.id = id;
    this.name = name;
    this.description = description;
    this.price = toDecimal(price.minorUnits, price.currencyCode);
    this.stock = stock;
    this.category = category;
    this.createdAt = createdAt;
    this.updatedAt = updatedAt;
  }
}

@ArgsType()
export class BooksArgs extends PageArgs {
  @Field(() => String, { nullable: true })
  @IsGiven()
  @IsText(100)
  readonly category?: string | null;
}

@ArgsType()
export class CreateBookArgs {
  @Field()
  @IsText(200)
  readonly name!: string;

  @Field({ defaultValue: '' })
  @IsTextUpTo(5000)
  readonly description!: string;

  @Field(() => Float)
  @IsAmount(MAX_PRICE)
  readonly price!: number;

  @Field(() => Int)
  @Max(1_000_000_000, { message: 'must not be more than 1000000000' })
  @Min(0, { message: 'must not be negative' })
  readonly stock!: number;

  @Field()
  @IsText(100)
  readonly category!: string;
}

@ArgsType()
export class UpdateBookArgs extends IdArgs {
  @Field(() => String, { nullable: true })
  @IsUnlessLeftOut()
  @IsText(200)
  readonly name?: string | null;
}

@ArgsType()
export class BookIdArgs {
  @Field(() => ID)
  @IsId()
  readonly bookId!: string;
}

@ObjectType()
export class BookStockChange {
  @Field(() => ID)
  readonly bookId: string;

  @Field(() => Int)
  readonly stock: number;

  @Field(() => Int)
  readonly change: number;

  @Field(() => Book, { nullable: true })
  readonly book?: Book;

  constructor({ bookId, stock, change }: BookStockUpdated) {
    this.bookId = bookId;
    this.stock = stock;
    this.change = change;
  }
}
