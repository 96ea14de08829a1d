import { describe, expect, it } from '@jest/globals';
import { problemsOf } from '../testing/problems-of.js';
import { masked, maskOf } from './update-mask.js';

/** As stubs decode it: with all fields, set or not. */
const request = (updateMask?: string[]) => ({
  hatColour: 'red',
  petName: undefined,
  unit9: undefined,
  updateMask,
});

describe('an update mask', () => {
  it('lists the changed fields, and clears those that the request does not set', () => {
    expect(masked(request(['hat_colour', 'pet_name']))).toEqual({ hatColour: 'red', petName: null });
    expect(masked(request(['petName', 'unit_9']))).toEqual({ petName: null, unit9: null });
  });

  it('is optional for fields that are set', () => {
    expect(masked(request())).toEqual({ hatColour: 'red' });
    expect(masked(request([]))).toEqual({ hatColour: 'red' });
  });

  it('may list only fields of the request', () => {
    expect(problemsOf(() => masked(request(['hat_color', 'update_mask', '*'])))).toEqual([
      'updateMask has no field "hat_color"',
      'updateMask has no field "update_mask"',
      'updateMask has no field "*"',
    ]);
  });

  it('is made from changes, including null but not undefined', () => {
    expect(maskOf({ hatColour: null, petName: undefined, stock: 0 })).toEqual(['hat_colour', 'stock']);
  });
});
