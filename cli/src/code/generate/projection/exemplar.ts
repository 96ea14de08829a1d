import { parseFields } from '../fields/parse-fields.js';
import { nounOf } from '../names/noun.js';
import { wordsOf } from '../names/words.js';
import type { Model } from './model.js';

/**
 * The example in the templates: a garden gnome, who lives in a tool shed in the village. Every name has two words, so
 * that each casing looks different, and there is a field for each case that templates distinguish.
 */
export const exemplar: Model = {
  entity: nounOf('gardenGnome'),
  service: wordsOf('tool-shed'),
  system: wordsOf('village'),
  port: 50_099,
  healthPort: 51_099,
  fields: parseFields(
    [
      'hatColour:string!,petName:string,ownerId:id!,rivalId:id',
      'beardLength:int!,luckyNumber:int,shoeSize:int=42,bodyWeight:float!,topSpeed:float',
      'wideAwake:bool!,wellPainted:bool,salePrice:money!,repairCost:money,madeAt:datetime!,soldAt:datetime',
      'nightShift:enum(deepSleep|longWatch)!,dayShift:enum(openFishing|quietReading),homeTowns:string[]',
    ].join(','),
  ),
};
