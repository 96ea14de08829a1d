import {
  IdArgs,
  // #if money
  IsAmount,
  // #end
  IsGiven,
  // #if id
  IsId,
  // #end
  // #if string required
  IsText,
  // #end
  // #if list
  IsTextList,
  // #end
  // #if string
  IsTextUpTo,
  // #end
} from '@msx/gateway';
import {
  ArgsType,
  Field,
  // #if float|money
  Float,
  // #end
  // #if id
  ID,
  // #end
  // #if int
  Int,
  // #end
} from '@nestjs/graphql';
// #if int|float|bool|datetime|enum required
import { IsDefined } from 'class-validator';
// #end
// #if enum
import {
  // #each field enum
  // #case any
  GardenGnomeNightShift,
  // #case example
  GardenGnomeDayShift,
  // #end
} from './garden-gnome.enums.js';
// #end

// #if money
/** The maximum of an amount of money. */
const MAX_AMOUNT = 10_000_000;
// #end

@ArgsType()
export class CreateGardenGnomeArgs {
  // #each field
  // #case string required
  @Field()
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

  // #case money required
  @Field(() => Float)
  @IsAmount(MAX_AMOUNT)
  readonly salePrice!: number;

  // #case money
  @Field(() => Float, { nullable: true })
  @IsGiven()
  @IsAmount(MAX_AMOUNT)
  readonly repairCost?: number | null;

  // #case datetime required
  @Field(() => Date)
  @IsDefined()
  readonly madeAt!: Date;

  // #case datetime
  @Field(() => Date, { nullable: true })
  @IsGiven()
  readonly soldAt?: Date | null;

  // #case enum required
  @Field(() => GardenGnomeNightShift)
  @IsDefined()
  readonly nightShift!: GardenGnomeNightShift;

  // #case enum
  @Field(() => GardenGnomeDayShift, { nullable: true })
  @IsGiven()
  readonly dayShift?: GardenGnomeDayShift | null;

  // #case list
  @Field(() => [String], { nullable: true })
  @IsGiven()
  @IsTextList(100, 200)
  readonly homeTowns?: string[] | null;

  // #case example
  @Field(() => Int, { nullable: true })
  @IsGiven()
  readonly shoeSize?: number | null;
  // #end
}

/** Updates the given fields; null clears a field. */
@ArgsType()
export class UpdateGardenGnomeArgs extends IdArgs {
  // #each field
  // #case string
  @Field(() => String, { nullable: true })
  @IsGiven()
  @IsTextUpTo(200)
  readonly hatColour?: string | null;

  // #case id
  @Field(() => ID, { nullable: true })
  @IsGiven()
  @IsId()
  readonly ownerId?: string | null;

  // #case int
  @Field(() => Int, { nullable: true })
  @IsGiven()
  readonly beardLength?: number | null;

  // #case float
  @Field(() => Float, { nullable: true })
  @IsGiven()
  readonly bodyWeight?: number | null;

  // #case bool
  @Field(() => Boolean, { nullable: true })
  @IsGiven()
  readonly wellPainted?: boolean | null;

  // #case money
  @Field(() => Float, { nullable: true })
  @IsGiven()
  @IsAmount(MAX_AMOUNT)
  readonly salePrice?: number | null;

  // #case datetime
  @Field(() => Date, { nullable: true })
  @IsGiven()
  readonly madeAt?: Date | null;

  // #case enum
  @Field(() => GardenGnomeNightShift, { nullable: true })
  @IsGiven()
  readonly nightShift?: GardenGnomeNightShift | null;

  // #case list
  @Field(() => [String], { nullable: true })
  @IsGiven()
  @IsTextList(100, 200)
  readonly homeTowns?: string[] | null;

  // #case example
  @Field(() => String, { nullable: true })
  @IsGiven()
  @IsTextUpTo(200)
  readonly petName?: string | null;

  @Field(() => ID, { nullable: true })
  @IsGiven()
  @IsId()
  readonly rivalId?: string | null;

  @Field(() => Int, { nullable: true })
  @IsGiven()
  readonly luckyNumber?: number | null;

  @Field(() => Float, { nullable: true })
  @IsGiven()
  readonly topSpeed?: number | null;

  @Field(() => Float, { nullable: true })
  @IsGiven()
  @IsAmount(MAX_AMOUNT)
  readonly repairCost?: number | null;

  @Field(() => Date, { nullable: true })
  @IsGiven()
  readonly soldAt?: Date | null;

  @Field(() => GardenGnomeDayShift, { nullable: true })
  @IsGiven()
  readonly dayShift?: GardenGnomeDayShift | null;

  @Field(() => Int, { nullable: true })
  @IsGiven()
  readonly shoeSize?: number | null;

  @Field(() => Boolean, { nullable: true })
  @IsGiven()
  readonly wideAwake?: boolean | null;
  // #end
}
