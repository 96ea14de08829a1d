// #file rpc finding
import { Validation } from '@msx/runtime';
import type { PolishBootsRequest } from '../gen/garden_gnome.js';
import type { GardenGnome } from './garden-gnome.entity.js';
import type { GardenGnomeService } from './garden-gnome.service.js';

/**
 * Validates the request and finds its entity. Implement PolishBoots here.
 * @throws DomainError VALIDATION_FAILED, GARDEN_GNOME_NOT_FOUND
 */
export async function polishBoots(
  service: GardenGnomeService,
  request: PolishBootsRequest,
): Promise<GardenGnome> {
  const validation = new Validation();
  // #each field
  // #case id required
  validation.text(request.ownerId, 'ownerId', { min: 1, max: 64 });
  // #case id
  if (request.rivalId !== undefined) validation.text(request.rivalId, 'rivalId', { min: 1, max: 64 });
  // #case string required
  validation.text(request.hatColour, 'hatColour', { min: 1, max: 200 });
  // #case string
  if (request.petName !== undefined) validation.text(request.petName, 'petName', { max: 200 });
  // #case int required
  validation.integer(request.beardLength, 'beardLength', { min: -(2 ** 31), max: 2 ** 31 - 1 });
  // #case int
  if (request.luckyNumber !== undefined)
    validation.integer(request.luckyNumber, 'luckyNumber', { min: -(2 ** 31), max: 2 ** 31 - 1 });
  // #case float required
  validation.check(Number.isFinite(request.bodyWeight), 'bodyWeight', 'must be a finite number');
  // #case float
  if (request.topSpeed !== undefined)
    validation.check(Number.isFinite(request.topSpeed), 'topSpeed', 'must be a finite number');
  // #case datetime required
  validation.check(request.madeAt !== undefined, 'madeAt', 'is required');
  // #case bool|datetime
  // #case example
  validation.text(request.gardenGnomeId, 'gardenGnomeId', { min: 1, max: 64 });
  // #end
  validation.done();
  return service.get(request.gardenGnomeId);
}
