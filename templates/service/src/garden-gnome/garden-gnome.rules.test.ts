import { describe, expect, it } from '@jest/globals';
// #if required|string|id|int|float|money|datetime|enum|list
import { problemsOf } from '@msx/runtime/testing';
// #end
import { gardenGnome } from './garden-gnome.fixture.js';
import { checkedGardenGnome, checkedNewGardenGnome } from './garden-gnome.rules.js';

describe('checkedNewGardenGnome', () => {
  it('accepts what breaks no rule', () => {
    expect(checkedNewGardenGnome(gardenGnome())).toEqual(gardenGnome());
  });

  // #each field required
  // #case money
  it('wants a salePrice', () => {
    const without = gardenGnome({ salePrice: undefined, salePriceCurrency: undefined });
    expect(problemsOf(() => checkedNewGardenGnome(without))).toEqual([
      'salePrice must be given',
      'salePriceCurrency must be given',
    ]);
  });
  // #case present
  it('wants a hatColour', () => {
    const without = gardenGnome({ hatColour: undefined });
    expect(problemsOf(() => checkedNewGardenGnome(without))).toEqual(['hatColour must be given']);
  });
  // #end
});

describe('checkedGardenGnome', () => {
  it('leaves out what is not given', () => {
    expect(checkedGardenGnome({})).toEqual({});
  });

  // #each field string|id|int|float|money|datetime|enum|list
  // #case string required
  it('refuses a hatColour that says nothing, or too much', () => {
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
  it('refuses a beardLength that is no whole number', () => {
    expect(problemsOf(() => checkedGardenGnome({ beardLength: 1.5 }))).toHaveLength(1);
  });
  // #case float
  it('refuses a bodyWeight that is no number', () => {
    expect(problemsOf(() => checkedGardenGnome({ bodyWeight: Number.NaN }))).toHaveLength(1);
  });
  // #case money
  it('refuses a salePrice below nothing, or of a strange currency', () => {
    const wrong = { salePrice: -1, salePriceCurrency: 'usd' };
    expect(problemsOf(() => checkedGardenGnome(wrong))).toHaveLength(2);
  });
  // #case datetime
  it('refuses a madeAt that is no moment', () => {
    expect(problemsOf(() => checkedGardenGnome({ madeAt: new Date('?') }))).toHaveLength(1);
  });
  // #case enum
  it('refuses a nightShift that there is none of', () => {
    expect(problemsOf(() => checkedGardenGnome({ nightShift: 0 }))).toHaveLength(1);
    expect(problemsOf(() => checkedGardenGnome({ nightShift: 999 as never }))).toHaveLength(1);
  });
  // #case list
  it('refuses too many homeTowns', () => {
    const homeTowns = Array.from({ length: 101 }, () => 'x');
    expect(problemsOf(() => checkedGardenGnome({ homeTowns }))).toEqual(['homeTowns must be at most 100']);
  });
  // #end
});
