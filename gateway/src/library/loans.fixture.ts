import { toDecimal } from '@msx/runtime';
import {
  ArgsType,
  Directive,
  Field,
  Float,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, Max, Min, ValidateNested } from 'class-validator';
import { PageArgs } from '../models/page.args.js';
import { IsAmount } from '../validation/is-amount.js';
import { IsGiven, IsId } from '../validation/text.js';
import { Book } from './books.fixture.js';
import type { Loan as LoanMessage, LoanItem as ItemMessage, LoanStatusChanged } from './contract.fixture.js';
import { Reader } from './readers.fixture.js';

const MAX_AMOUNT = 1_000_000_000;

export enum LoanStatus {
  PENDING = 'PENDING',
  CONFIRMED = 'CONFIRMED',
}
registerEnumType(LoanStatus, { name: 'LoanStatus' });

@ObjectType()
export class LoanItem {
  @Field(() => ID)
  readonly bookId: string;

  @Field(() => Int)
  readonly quantity: number;

  @Field(() => Float)
  readonly price: number;

  @Field(() => Book, { nullable: true })
  readonly book?: Book;

  constructor({ bookId, quantity, price }: ItemMessage) {
    this.bookId = bookId;
    this.quantity = quantity;
    this.price = toDecimal(price.minorUnits, price.currencyCode);
  }
}

@ObjectType()
@Directive('@key(fields: "id")')
export class Loan {
  @Field(() => ID)
  readonly id: string;

  @Field(() => ID)
  readonly readerId: string;

  @Field(() => LoanStatus)
  readonly status: LoanStatus;

  @Field(() => [LoanItem])
  readonly items: LoanItem[];

  @Field(() => Float)
  readonly totalAmount: number;

  @Field()
  readonly createdAt: Date;

  @Field(() => Reader, { nullable: true })
  readonly reader?: Reader;

  constructor({ id, readerId, status, items, total, createdAt }: LoanMessage) {
    this.id = id;
    this.readerId = readerId;
    this.status = status as LoanStatus;
    this.items = items.map((item) => new LoanItem(item));
    this.totalAmount = toDecimal(total.minorUnits, total.currencyCode);
    this.createdAt = createdAt;
  }
}

@ArgsType()
export class ReaderLoansArgs extends PageArgs {
  @Field(() => ID)
  @IsId()
  readonly readerId!: string;
}

@InputType()
export class LoanItemInput {
  @Field(() => ID)
  @IsId()
  readonly bookId!: string;

  @Field(() => Int)
  @Max(10_000, { message: 'must not be more than 10000' })
  @Min(1, { message: 'must not be less than 1' })
  readonly quantity!: number;

  @Field(() => Float, { nullable: true })
  @IsGiven()
  @IsAmount(MAX_AMOUNT)
  readonly price?: number | null;
}

@ArgsType()
export class CreateLoanArgs {
  @Field(() => ID)
  @IsId()
  readonly readerId!: string;

  @Field(() => [LoanItemInput])
  @Type(() => LoanItemInput)
  @ValidateNested({ each: true })
  @ArrayMaxSize(100, { message: 'must have at most 100 items' })
  @ArrayMinSize(1, { message: 'must not be empty' })
  readonly items!: LoanItemInput[];

  @Field(() => Float, { nullable: true })
  @IsGiven()
  @IsAmount(MAX_AMOUNT)
  readonly totalAmount?: number | null;
}

@ArgsType()
export class LoanStatusChangedArgs {
  @Field(() => ID, { nullable: true })
  @IsGiven()
  @IsId()
  readonly readerId?: string | null;

  @Field(() => ID, { nullable: true })
  @IsGiven()
  @IsId()
  readonly loanId?: string | null;
}

@ObjectType()
export class LoanStatusChange {
  @Field(() => ID)
  readonly loanId: string;

  @Field(() => ID)
  readonly readerId: string;

  @Field(() => LoanStatus)
  readonly status: LoanStatus;

  @Field(() => Loan, { nullable: true })
  readonly loan?: Loan;

  constructor({ loanId, readerId, status }: LoanStatusChanged) {
    this.loanId = loanId;
    this.readerId = readerId;
    this.status = status as LoanStatus;
  }
}
