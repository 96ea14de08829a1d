// #file rpc
// #if guarded
import { Roles } from '@msx/runtime';
// #end
import { Inject } from '@nestjs/common';
import {
  // #if any
  Args,
  // #end
  Mutation,
  Resolver,
} from '@nestjs/graphql';
// #if answering
import { GardenGnome } from '../models/garden-gnome.model.js';
// #end
// #if any
import { PolishBootsArgs } from '../models/polish-boots.args.js';
// #end
import { GARDEN_GNOMES } from '../upstreams/tool-shed.upstream.js';
import type { GardenGnomes } from '../upstreams/tool-shed.upstream.js';

@Resolver(() => GardenGnome)
export class PolishBootsResolver {
  constructor(@Inject(GARDEN_GNOMES) private readonly service: GardenGnomes) {}

  // #if answering
  // #if guarded
  @Roles('admin')
  // #end
  @Mutation(() => GardenGnome, { nullable: true })
  async polishBoots(
    // #if any
    @Args() args: PolishBootsArgs,
    // #end
  ): Promise<GardenGnome> {
    const { gardenGnome } = await this.service.call('polishBoots', {
      // #each field
      // #case required
      hatColour: args.hatColour,
      // #case optional
      petName: args.petName ?? undefined,
      // #case example
      ownerId: args.ownerId,
      rivalId: args.rivalId ?? undefined,
      gardenGnomeId: args.gardenGnomeId,
      beardLength: args.beardLength,
      luckyNumber: args.luckyNumber ?? undefined,
      bodyWeight: args.bodyWeight,
      topSpeed: args.topSpeed ?? undefined,
      wideAwake: args.wideAwake,
      wellPainted: args.wellPainted ?? undefined,
      madeAt: args.madeAt,
      soldAt: args.soldAt ?? undefined,
      // #end
    });
    return new GardenGnome(gardenGnome!);
  }
  // #end
  // #if silent

  // #if guarded
  @Roles('admin')
  // #end
  @Mutation(() => Boolean, { nullable: true })
  async sweepYard(
    // #if any
    @Args() args: PolishBootsArgs,
    // #end
  ): Promise<boolean> {
    await this.service.call('sweepYard', {
      // #each field
      // #case required
      hatColour: args.hatColour,
      // #case optional
      petName: args.petName ?? undefined,
      // #case example
      ownerId: args.ownerId,
      rivalId: args.rivalId ?? undefined,
      beardLength: args.beardLength,
      luckyNumber: args.luckyNumber ?? undefined,
      bodyWeight: args.bodyWeight,
      topSpeed: args.topSpeed ?? undefined,
      wideAwake: args.wideAwake,
      wellPainted: args.wellPainted ?? undefined,
      madeAt: args.madeAt,
      soldAt: args.soldAt ?? undefined,
      // #end
    });
    return true;
  }
  // #end
}
