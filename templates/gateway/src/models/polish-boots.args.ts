// #file rpc any
// #if checked|optional
import {
  // #if optional
  IsGiven,
  // #end
  // #if id
  IsId,
  // #end
  // #if string required
  IsText,
  // #end
  // #if string optional
  IsTextUpTo,
  // #end
} from '@msx/gateway';
// #end
import {
  ArgsType,
  Field,
  // #if float
  Float,
  // #end
  // #if id
  ID,
  // #end
  // #if int
  Int,
  // #end
} from '@nestjs/graphql';
// #if int|float|bool|datetime required
import { IsDefined } from 'class-validator';
// #end

@ArgsType()
export class PolishBootsArgs {
  // #each field
  // #case string required
  @Field(() => String)
  @IsText(200)
  readonly hatColour!: string;

  // #case string
  @Field(() => String, { nullable: true })
  @IsGiven()
  @IsTextUpTo(200)
  readonly petName?: string | null;

  // #case id required
  @Field(() => ID)
  @IsId()
  readonly ownerId!: string;

  // #case id
  @Field(() => ID, { nullable: true })
  @IsGiven()
  @IsId()
  readonly rivalId?: string | null;

  // #case int required
  @Field(() => Int)
  @IsDefined()
  readonly beardLength!: number;

  // #case int
  @Field(() => Int, { nullable: true })
  @IsGiven()
  readonly luckyNumber?: number | null;

  // #case float required
  @Field(() => Float)
  @IsDefined()
  readonly bodyWeight!: number;

  // #case float
  @Field(() => Float, { nullable: true })
  @IsGiven()
  readonly topSpeed?: number | null;

  // #case bool required
  @Field(() => Boolean)
  @IsDefined()
  readonly wideAwake!: boolean;

  // #case bool
  @Field(() => Boolean, { nullable: true })
  @IsGiven()
  readonly wellPainted?: boolean | null;

  // #case datetime required
  @Field(() => Date)
  @IsDefined()
  readonly madeAt!: Date;

  // #case datetime
  @Field(() => Date, { nullable: true })
  @IsGiven()
  readonly soldAt?: Date | null;

  // #case example
  @Field(() => ID)
  @IsId()
  readonly gardenGnomeId!: string;
  // #end
}
