import { IdArgs, PageArgs } from '@msx/gateway';
import { maskOf, Roles } from '@msx/runtime';
import { Inject } from '@nestjs/common';
import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CreateGardenGnomeArgs, UpdateGardenGnomeArgs } from '../models/garden-gnome.args.js';
import { GardenGnome } from '../models/garden-gnome.model.js';
import { GARDEN_GNOMES } from '../upstreams/tool-shed.upstream.js';
import type { GardenGnomes } from '../upstreams/tool-shed.upstream.js';
import { toRequest } from './garden-gnome.request.js';

@Resolver(() => GardenGnome)
export class GardenGnomeResolver {
  constructor(@Inject(GARDEN_GNOMES) private readonly service: GardenGnomes) {}

  @Query(() => [GardenGnome], { nullable: true, description: 'Garden gnomes, sorted by creation time.' })
  async gardenGnomes(@Args() { page, limit }: PageArgs): Promise<GardenGnome[]> {
    const { gardenGnomes } = await this.service.read('listGardenGnomes', { page, limit });
    return gardenGnomes.map((message) => new GardenGnome(message));
  }

  @Query(() => Int, { nullable: true })
  async gardenGnomesCount(): Promise<number> {
    return (await this.service.read('countGardenGnomes', {})).count;
  }

  @Query(() => GardenGnome, { nullable: true })
  async gardenGnome(@Args() { id }: IdArgs): Promise<GardenGnome> {
    const { gardenGnome } = await this.service.read('getGardenGnome', { id });
    return new GardenGnome(gardenGnome!);
  }

  @Roles('admin')
  @Mutation(() => GardenGnome, { nullable: true })
  async createGardenGnome(@Args() args: CreateGardenGnomeArgs): Promise<GardenGnome> {
    const { gardenGnome } = await this.service.call('createGardenGnome', toRequest(args));
    return new GardenGnome(gardenGnome!);
  }

  @Roles('admin')
  @Mutation(() => GardenGnome, {
    nullable: true,
    description: 'Updates the given fields; null clears an optional field.',
  })
  async updateGardenGnome(@Args() { id, ...changes }: UpdateGardenGnomeArgs): Promise<GardenGnome> {
    const request = { id, ...toRequest(changes), updateMask: maskOf(changes) };
    const { gardenGnome } = await this.service.call('updateGardenGnome', request);
    return new GardenGnome(gardenGnome!);
  }

  @Roles('admin')
  @Mutation(() => GardenGnome, { nullable: true, description: 'Returns the deleted garden gnome.' })
  async deleteGardenGnome(@Args() { id }: IdArgs): Promise<GardenGnome> {
    const { gardenGnome } = await this.service.call('deleteGardenGnome', { id });
    return new GardenGnome(gardenGnome!);
  }
}
