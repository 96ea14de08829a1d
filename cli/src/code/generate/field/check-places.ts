import { MsxError } from '../../../terminal/errors/msx-error.js';
import type { SlicePlan } from '../changes/plan-slice.js';

/** A field is added to all of its places or none; only tests are left to the user. Throws PLACE_MISSING. */
export function checkPlaces(plan: SlicePlan): SlicePlan {
  const places = plan.byHand.filter((place) => !/^\S+\.(test|fixture)\.ts\b/.test(place));
  if (places.length > 0) throw new MsxError('PLACE_MISSING', { places });
  return plan;
}
