import { masked, Roles } from '@msx/runtime';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type * as proto from '../gen/garden_gnome.js';
import { toFields, toMessage } from './garden-gnome.message.js';
import { GardenGnomeService } from './garden-gnome.service.js';
// #if example
import { polishBoots } from './polish-boots.js';
import { sweepYard } from './sweep-yard.js';
// #end

@Controller()
export class GardenGnomeController implements proto.GardenGnomeService {
  constructor(private readonly gardenGnomes: GardenGnomeService) {}

  @Roles('admin')
  @GrpcMethod('GardenGnomeService')
  async createGardenGnome(request: proto.CreateGardenGnomeRequest): Promise<proto.CreateGardenGnomeResponse> {
    return { gardenGnome: toMessage(await this.gardenGnomes.create(toFields(request))) };
  }

  @GrpcMethod('GardenGnomeService')
  async getGardenGnome({ id }: proto.GetGardenGnomeRequest): Promise<proto.GetGardenGnomeResponse> {
    return { gardenGnome: toMessage(await this.gardenGnomes.get(id)) };
  }

  @GrpcMethod('GardenGnomeService')
  async batchGetGardenGnomes({
    ids,
  }: proto.BatchGetGardenGnomesRequest): Promise<proto.BatchGetGardenGnomesResponse> {
    return { gardenGnomes: (await this.gardenGnomes.batch(ids)).map(toMessage) };
  }

  @GrpcMethod('GardenGnomeService')
  async listGardenGnomes(page: proto.ListGardenGnomesRequest): Promise<proto.ListGardenGnomesResponse> {
    return { gardenGnomes: (await this.gardenGnomes.list(page)).map(toMessage) };
  }

  @GrpcMethod('GardenGnomeService')
  async countGardenGnomes(_: proto.CountGardenGnomesRequest): Promise<proto.CountGardenGnomesResponse> {
    return { count: await this.gardenGnomes.count() };
  }

  @Roles('admin')
  @GrpcMethod('GardenGnomeService')
  async updateGardenGnome({
    id,
    ...fields
  }: proto.UpdateGardenGnomeRequest): Promise<proto.UpdateGardenGnomeResponse> {
    return { gardenGnome: toMessage(await this.gardenGnomes.update(id, toFields(masked(fields)))) };
  }

  @Roles('admin')
  @GrpcMethod('GardenGnomeService')
  async deleteGardenGnome({ id }: proto.DeleteGardenGnomeRequest): Promise<proto.DeleteGardenGnomeResponse> {
    return { gardenGnome: toMessage(await this.gardenGnomes.delete(id)) };
  }
  // #if example

  @Roles('admin')
  @GrpcMethod('GardenGnomeService')
  async polishBoots(request: proto.PolishBootsRequest): Promise<proto.PolishBootsResponse> {
    return { gardenGnome: toMessage(await polishBoots(this.gardenGnomes, request)) };
  }

  @Roles('admin')
  @GrpcMethod('GardenGnomeService')
  async sweepYard(request: proto.SweepYardRequest): Promise<proto.SweepYardResponse> {
    return { gardenGnome: await sweepYard(request) };
  }
  // #end
}
