import fc from 'fast-check';
import { parseFields } from './fields/parse-fields.js';
import { nounOf } from './names/noun.js';
import type { ServiceRequest } from './service/service-request.js';

const TYPES = ['string', 'int', 'float', 'bool', 'money', 'datetime', 'id'];

/** An entity for each form of field, for all forms at once, and for irregular plurals. */
export const shapes: Record<string, string> = {
  widget: TYPES.map((type) => `the${type}:${type}!`).join(','),
  gadget: TYPES.map((type) => `any${type}:${type}`).join(','),
  person:
    'kind:enum(a|bigOne)!,mood:enum(c),tags:string[],home:string=here,age:int=0,size:float=1.5,on:bool=true',
  sheep: 'name:string!',
  ...Object.fromEntries(
    [...TYPES, 'enum(one)', 'string[]'].map((type) => [`only${type.replace(/\W.*/, '')}Thing`, `it:${type}`]),
  ),
  everyHandyThing:
    'a:string!,b:string,c:money!,d:money,e:enum(x|y)!,f:enum(x|z),g:datetime!,h:id!,i:string[],j:bool!',
};

const WORDS = 'box city person child day class new order line user index quiz sheep http url x2 yes id'.split(
  ' ',
);
const word = fc.oneof(fc.constantFrom(...WORDS), fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/));
const name = fc
  .array(word, { minLength: 1, maxLength: 3 })
  .map((words) => words.map((each, n) => (n ? each[0]!.toUpperCase() + each.slice(1) : each)).join(''));
const type = fc.oneof(
  fc.constantFrom(...TYPES.flatMap((each) => [each, `${each}!`])),
  fc.constantFrom('string[]', 'int=7', 'float=-2.5', 'bool=true', "string=it's", 'string='),
  fc
    .uniqueArray(word, { minLength: 1, maxLength: 4 })
    .chain((values) => fc.constantFrom(`enum(${values.join('|')})`, `enum(${values.join('|')})!`)),
);
const fields = fc
  .array(fc.tuple(name, type), { minLength: 1, maxLength: 8 })
  .map((all) => all.map(([each, of]) => `${each}:${of}`).join(','));

/** Any request of a user, valid or not. */
export const anyRequest = fc.record({ entity: name, fields });

/** Requests that are accepted. */
export const validRequest = anyRequest.filter((request) => isValid(request));

function isValid({ entity, fields }: Pick<ServiceRequest, 'entity' | 'fields'>): boolean {
  try {
    return nounOf(entity) && parseFields(fields).length > 0;
  } catch {
    return false;
  }
}
