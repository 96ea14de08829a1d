import {
  // #if money
  bigInteger,
  // #end
  moment,
} from '@msx/runtime';
import { Column, Entity, PrimaryColumn } from 'typeorm';
// #if enum
import {
  // #each field enum
  // #case any
  GardenGnomeNightShift,
  gardenGnomeNightShiftFromJSON,
  gardenGnomeNightShiftToJSON,
  // #case example
  GardenGnomeDayShift,
  gardenGnomeDayShiftFromJSON,
  gardenGnomeDayShiftToJSON,
  // #end
} from '../gen/garden_gnome.js';
// #end
// #if enum
import { enumeration } from './enumeration.js';
// #end

@Entity('garden_gnomes')
export class GardenGnome {
  @PrimaryColumn('varchar')
  id!: string;

  // #each field
  // #case string|id nullable
  @Column('varchar', { name: 'pet_name', nullable: true })
  petName!: string | null;

  // #case string|id
  @Column('varchar', { name: 'hat_colour' })
  hatColour!: string;

  // #case int nullable
  @Column('integer', { name: 'lucky_number', nullable: true })
  luckyNumber!: number | null;

  // #case int
  @Column('integer', { name: 'beard_length' })
  beardLength!: number;

  // #case float nullable
  @Column('double precision', { name: 'top_speed', nullable: true })
  topSpeed!: number | null;

  // #case float
  @Column('double precision', { name: 'body_weight' })
  bodyWeight!: number;

  // #case bool
  @Column('boolean', { name: 'well_painted' })
  wellPainted!: boolean;

  // #case money nullable
  /** In minor units of `repairCostCurrency`. */
  @Column({ name: 'repair_cost', nullable: true, ...bigInteger })
  repairCost!: number | null;

  @Column('varchar', { name: 'repair_cost_currency', nullable: true })
  repairCostCurrency!: string | null;

  // #case money
  /** In minor units of `salePriceCurrency`. */
  @Column({ name: 'sale_price', ...bigInteger })
  salePrice!: number;

  @Column('varchar', { name: 'sale_price_currency' })
  salePriceCurrency!: string;

  // #case datetime nullable
  @Column({ name: 'sold_at', nullable: true, ...moment })
  soldAt!: Date | null;

  // #case datetime
  @Column({ name: 'made_at', ...moment })
  madeAt!: Date;

  // #case enum nullable
  @Column({
    name: 'day_shift',
    nullable: true,
    ...enumeration(gardenGnomeDayShiftToJSON, gardenGnomeDayShiftFromJSON),
  })
  dayShift!: GardenGnomeDayShift | null;

  // #case enum
  @Column({
    name: 'night_shift',
    ...enumeration(gardenGnomeNightShiftToJSON, gardenGnomeNightShiftFromJSON),
  })
  nightShift!: GardenGnomeNightShift;

  // #case list
  @Column('simple-json', { name: 'home_towns' })
  homeTowns!: string[];

  // #case example
  @Column('integer', { name: 'shoe_size' })
  shoeSize!: number;

  @Column('boolean', { name: 'wide_awake' })
  wideAwake!: boolean;

  @Column('varchar', { name: 'owner_id' })
  ownerId!: string;

  @Column('varchar', { name: 'rival_id', nullable: true })
  rivalId!: string | null;

  // #end
  @Column({ name: 'created_at', ...moment })
  createdAt!: Date;

  @Column({ name: 'updated_at', ...moment })
  updatedAt!: Date;
}
