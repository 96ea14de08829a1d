// #if money
import { toDecimal } from '@msx/runtime';
// #end
import {
  Directive,
  Field,
  // #if float|money
  Float,
  // #end
  ID,
  // #if int
  Int,
  // #end
  ObjectType,
} from '@nestjs/graphql';
import type { GardenGnome as GardenGnomeMessage } from '../gen/garden_gnome.js';
// #if enum
import {
  // #each field enum
  // #case any
  GardenGnomeNightShift,
  toNightShift,
  // #case example
  GardenGnomeDayShift,
  toDayShift,
  // #end
} from './garden-gnome.enums.js';
// #end

@ObjectType()
@Directive('@key(fields: "id")')
export class GardenGnome {
  @Field(() => ID)
  readonly id: string;

  // #each field
  // #case string nullable
  @Field(() => String, { nullable: true })
  readonly petName?: string;

  // #case string
  @Field()
  readonly hatColour: string;

  // #case id nullable
  @Field(() => ID, { nullable: true })
  readonly rivalId?: string;

  // #case id
  @Field(() => ID)
  readonly ownerId: string;

  // #case int nullable
  @Field(() => Int, { nullable: true })
  readonly luckyNumber?: number;

  // #case int
  @Field(() => Int)
  readonly beardLength: number;

  // #case float nullable
  @Field(() => Float, { nullable: true })
  readonly topSpeed?: number;

  // #case float
  @Field(() => Float)
  readonly bodyWeight: number;

  // #case bool
  @Field()
  readonly wellPainted: boolean;

  // #case money nullable
  @Field(() => Float, { nullable: true, description: 'Amount in `repairCostCurrency`.' })
  readonly repairCost?: number;

  @Field(() => String, { nullable: true, description: 'ISO 4217 currency code.' })
  readonly repairCostCurrency?: string;

  // #case money
  @Field(() => Float, { description: 'Amount in `salePriceCurrency`.' })
  readonly salePrice: number;

  @Field({ description: 'ISO 4217 currency code.' })
  readonly salePriceCurrency: string;

  // #case datetime nullable
  @Field(() => Date, { nullable: true })
  readonly soldAt?: Date;

  // #case datetime
  @Field()
  readonly madeAt: Date;

  // #case enum nullable
  @Field(() => GardenGnomeDayShift, { nullable: true })
  readonly dayShift?: GardenGnomeDayShift;

  // #case enum
  @Field(() => GardenGnomeNightShift)
  readonly nightShift: GardenGnomeNightShift;

  // #case list
  @Field(() => [String])
  readonly homeTowns: string[];

  // #case example
  @Field(() => Int)
  readonly shoeSize: number;

  @Field()
  readonly wideAwake: boolean;

  // #end
  @Field()
  readonly createdAt: Date;

  @Field()
  readonly updatedAt: Date;

  constructor(message: GardenGnomeMessage) {
    this.id = message.id;
    // #each field
    // #case money nullable
    this.repairCost =
      message.repairCost && toDecimal(message.repairCost.minorUnits, message.repairCost.currencyCode);
    this.repairCostCurrency = message.repairCost?.currencyCode;
    // #case money
    this.salePrice = toDecimal(message.salePrice!.minorUnits, message.salePrice!.currencyCode);
    this.salePriceCurrency = message.salePrice!.currencyCode;
    // #case datetime nullable
    this.soldAt = message.soldAt;
    // #case datetime
    this.madeAt = message.madeAt!;
    // #case enum nullable
    this.dayShift = message.dayShift === undefined ? undefined : toDayShift(message.dayShift);
    // #case enum
    this.nightShift = toNightShift(message.nightShift);
    // #case any
    this.hatColour = message.hatColour;
    // #case example
    this.petName = message.petName;
    this.luckyNumber = message.luckyNumber;
    this.beardLength = message.beardLength;
    this.topSpeed = message.topSpeed;
    this.bodyWeight = message.bodyWeight;
    this.wellPainted = message.wellPainted;
    this.shoeSize = message.shoeSize;
    this.ownerId = message.ownerId;
    this.rivalId = message.rivalId;
    this.homeTowns = message.homeTowns;
    this.wideAwake = message.wideAwake;
    // #end
    this.createdAt = message.createdAt!;
    this.updatedAt = message.updatedAt!;
  }
}
