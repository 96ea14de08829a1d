// #file rpc refusing
import {
  DomainError,
  // #if checked
  Validation,
  // #end
} from '@msx/runtime';
import type { SweepYardRequest } from '../gen/garden_gnome.js';
// #if answering
import type { GardenGnome } from '../gen/garden_gnome.js';
// #end

/**
 * Validates the request. Implement SweepYard here.
 * @throws DomainError VALIDATION_FAILED, NOT_IMPLEMENTED
 */
export async function sweepYard(request: SweepYardRequest): Promise<GardenGnome> {
  // #if checked
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
  // #end
  validation.done();
  // #end
  throw new DomainError('NOT_IMPLEMENTED', 'sweepYard is not implemented yet', { kind: 'internal' });
}
