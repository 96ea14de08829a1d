import { describe, expect, it } from '@jest/globals';
// #if required|string|id|int|float|money|datetime|enum|list
import { problemsOf } from '@msx/runtime/testing';
// #end
import { gardenGnome } from './garden-gnome.fixture.js';
import { checkedGardenGnome, checkedNewGardenGnome } from './garden-gnome.rules.js';

describe('checkedNewGardenGnome', () => {
  it('accepts valid fields', () => {
    expect(checkedNewGardenGnome(gardenGnome())).toEqual(gardenGnome());
  });

  // #each field required
  // #case money
  it('requires a salePrice', () => {
    const without = gardenGnome({ salePrice: undefined, salePriceCurrency: undefined });
    expect(problemsOf(() => checkedNewGardenGnome(without))).toEqual([
      'salePrice is required',
      'salePriceCurrency is required',
    ]);
  });
  // #case present
  it('requires a hatColour', () => {
    const without = gardenGnome({ hatColour: undefined });
    expect(problemsOf(() => checkedNewGardenGnome(without))).toEqual(['hatColour is required']);
  });
  // #end
});

describe('checkedGardenGnome', () => {
  it('leaves out fields that are not given', () => {
    expect(checkedGardenGnome({})).toEqual({});
  });

  // #each field string|id|int|float|money|datetime|enum|list
  // #case string required
  it('refuses a hatColour that is empty or too long', () => {
    expect(problemsOf(() => checkedGardenGnome({ hatColour: ' ' }))).toEqual(['hatColour must not be empty']);
    expect(problemsOf(() => checkedGardenGnome({ hatColour: 'x'.repeat(201) }))).toHaveLength(1);
  });
  // #case string
  it('refuses a petName that is too long', () => {
    expect(problemsOf(() => checkedGardenGnome({ petName: 'x'.repeat(201) }))).toEqual([
      'petName must have at most 200 characters',
    ]);
  });
  // #case id
  it('refuses an empty ownerId', () => {
    expect(problemsOf(() => checkedGardenGnome({ ownerId: '' }))).toEqual(['ownerId must not be empty']);
  });
  // #case int
  it('refuses a beardLength that is not an integer', () => {
    expect(problemsOf(() => checkedGardenGnome({ beardLength: 1.5 }))).toHaveLength(1);
  });
  // #case float
  it('refuses a bodyWeight that is not a number', () => {
    expect(problemsOf(() => checkedGardenGnome({ bodyWeight: Number.NaN }))).toHaveLength(1);
  });
  // #case money
  it('refuses a salePrice that is negative, or has an invalid currency', () => {
    const invalid = { salePrice: -1, salePriceCurrency: 'usd' };
    expect(problemsOf(() => checkedGardenGnome(invalid))).toHaveLength(2);
  });
  // #case datetime
  it('refuses a madeAt that is not a valid date', () => {
    expect(problemsOf(() => checkedGardenGnome({ madeAt: new Date('?') }))).toHaveLength(1);
  });
  // #case enum
  it('refuses a nightShift with an unknown value', () => {
    expect(problemsOf(() => checkedGardenGnome({ nightShift: 0 }))).toHaveLength(1);
    expect(problemsOf(() => checkedGardenGnome({ nightShift: 999 as never }))).toHaveLength(1);
  });
  // #case list
  it('refuses too many homeTowns', () => {
    const homeTowns = Array.from({ length: 101 }, () => 'x');
    expect(problemsOf(() => checkedGardenGnome({ homeTowns }))).toEqual([
      'homeTowns must have at most 100 entries',
    ]);
  });
  // #end
});
