import { Roles } from '@msx/runtime';
import { Inject } from '@nestjs/common';
import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CreateGardenGnomeArgs, UpdateGardenGnomeArgs } from '../models/garden-gnome.args.js';
import { GardenGnome } from '../models/garden-gnome.model.js';
import { IdArgs } from '../models/id.args.js';
import { PageArgs } from '../models/page.args.js';
import { GARDEN_GNOMES } from '../upstreams/tool-shed.upstream.js';
import type { GardenGnomes } from '../upstreams/tool-shed.upstream.js';
import { toRequest } from './garden-gnome.request.js';

@Resolver(() => GardenGnome)
export class GardenGnomeResolver {
  constructor(@Inject(GARDEN_GNOMES) private readonly service: GardenGnomes) {}

  @Query(() => [GardenGnome], { nullable: true, description: 'In order of creation.' })
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
  @Mutation(() => GardenGnome, { nullable: true, description: 'Changes the fields that are given.' })
  async updateGardenGnome(@Args() { id, ...changes }: UpdateGardenGnomeArgs): Promise<GardenGnome> {
    const { gardenGnome } = await this.service.call('updateGardenGnome', { id, ...toRequest(changes) });
    return new GardenGnome(gardenGnome!);
  }

  @Roles('admin')
  @Mutation(() => GardenGnome, { nullable: true, description: 'Answers the garden gnome as it was.' })
  async deleteGardenGnome(@Args() { id }: IdArgs): Promise<GardenGnome> {
    const { gardenGnome } = await this.service.call('deleteGardenGnome', { id });
    return new GardenGnome(gardenGnome!);
  }
}
