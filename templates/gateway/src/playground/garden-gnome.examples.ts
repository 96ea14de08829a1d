import { entityExamples } from '@msx/gateway';

/** The tabs for garden gnomes. */
export const gardenGnomeExamples = entityExamples('gardenGnome', 'gardenGnomes', [
  // #each field
  // #case string required
  { name: 'hatColour', type: 'String!', value: 'hatColour' },
  // #case string
  { name: 'petName', type: 'String', value: 'petName' },
  // #case id required
  { name: 'ownerId', type: 'ID!', value: 'ownerId' },
  // #case id
  { name: 'rivalId', type: 'ID', value: 'rivalId' },
  // #case int required
  { name: 'beardLength', type: 'Int!', value: 7 },
  // #case int
  { name: 'luckyNumber', type: 'Int', value: 7 },
  // #case float required
  { name: 'bodyWeight', type: 'Float!', value: 2.5 },
  // #case float
  { name: 'topSpeed', type: 'Float', value: 2.5 },
  // #case bool required
  { name: 'wideAwake', type: 'Boolean!', value: true },
  // #case bool
  { name: 'wellPainted', type: 'Boolean', value: true },
  // #case money required
  { name: 'salePrice', type: 'Float!', value: 19.99 },
  // #case money
  { name: 'repairCost', type: 'Float', value: 19.99 },
  // #case datetime required
  { name: 'madeAt', type: 'DateTime!', value: '2026-01-02T03:04:05.678Z' },
  // #case datetime
  { name: 'soldAt', type: 'DateTime', value: '2026-01-02T03:04:05.678Z' },
  // #case enum required
  // #each value first
  { name: 'nightShift', type: 'GardenGnomeNightShift!', value: 'DEEP_SLEEP' },
  // #end
  // #case enum
  // #each value first
  { name: 'dayShift', type: 'GardenGnomeDayShift', value: 'OPEN_FISHING' },
  // #end
  // #case list
  { name: 'homeTowns', type: '[String!]', value: ['one', 'two'] },
  // #case example
  { name: 'shoeSize', type: 'Int', value: 42 },
  // #end
]);
