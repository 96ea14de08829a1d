import type { Change, Verification } from '@msx/runtime';

const SERVICE = 'tool-shed';

/** Creates a garden gnome, as a client would. */
async function change({ call }: Change<unknown>) {
  const { gardenGnome } = await call<{ gardenGnome: { id: string } }>(SERVICE, 'CreateGardenGnome', {
    // #each field
    // #case string
    hatColour: 'hatColour',
    // #case id
    ownerId: '00000000-0000-4000-8000-000000000001',
    // #case int
    beardLength: 7,
    // #case float
    bodyWeight: 2.5,
    // #case bool
    wellPainted: true,
    // #case money
    salePrice: { minorUnits: '1999', currencyCode: 'USD' },
    // #case datetime
    madeAt: '2026-01-02T03:04:05.678Z',
    // #case enum
    // #each value first
    nightShift: 'GARDEN_GNOME_NIGHT_SHIFT_DEEP_SLEEP',
    // #end
    // #case list
    homeTowns: { values: ['one', 'two'] },
    // #case example
    petName: 'petName',
    luckyNumber: 13,
    shoeSize: 42,
    topSpeed: 1.5,
    repairCost: { minorUnits: '0', currencyCode: 'EUR' },
    soldAt: '2026-02-03T04:05:06.789Z',
    dayShift: 'GARDEN_GNOME_DAY_SHIFT_OPEN_FISHING',
    rivalId: 'rival',
    wideAwake: true,
    // #end
  });
  return [{ topic: 'garden-gnome.created', key: gardenGnome.id }];
}

/** How msx verify uses the garden gnomes, and what always holds of them. */
export const verification: Verification = {
  change,
  invariants: {
    'garden gnomes are counted': {
      expected: 'the service counts as many garden gnomes as its database has',
      check: async ({ call, query }) => {
        const { count } = await call<{ count: number }>(SERVICE, 'CountGardenGnomes', {});
        const rows = query('SELECT id FROM garden_gnomes').length;
        return count === rows ? [] : [{ id: SERVICE, found: `it counts ${count}, and there are ${rows}` }];
      },
    },
  },
};
