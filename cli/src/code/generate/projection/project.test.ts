import { describe, expect, it } from '@jest/globals';
import { parseFields } from '../fields/parse-fields.js';
import { nounOf } from '../names/noun.js';
import { wordsOf } from '../names/words.js';
import { parseTemplate } from './marks.js';
import { project } from './project.js';
import { serviceSubject } from './project-files.js';
import type { Subject } from './subject.js';

const about = (fields: string, entity = 'orderLine'): Subject =>
  serviceSubject({
    entity: nounOf(entity),
    service: wordsOf('order-service'),
    system: wordsOf('shop'),
    port: 50_054,
    healthPort: 51_054,
    fields: parseFields(fields),
  });
const made = (lines: string[], fields = 'sku:string!', file = 'a.ts') =>
  project(parseTemplate(file, lines.join('\n')), about(fields));

describe('a projection', () => {
  it('renames in every casing, singular and plural', () => {
    const text =
      'gardenGnome GardenGnomes garden_gnome GARDEN_GNOMES garden-gnomes a garden gnome; TOOL_SHED_URL village.v1 50099';
    expect(made([text])).toBe(
      'orderLine OrderLines order_line ORDER_LINES order-lines an order line; ORDER_SERVICE_URL shop.v1 50054',
    );
  });

  it('does not rename twice', () => {
    const text = project(parseTemplate('a.ts', 'gardenGnome'), about('a:int', 'gardenGnomeHat'));
    expect(text).toBe('gardenGnomeHat');
  });

  it('repeats the first case that fits each field, in the order of the fields', () => {
    const lines = [
      '// #each field',
      '// #case int',
      'int beardLength, beard_length;',
      '// #case string nullable',
      'text? petName;',
      '// #case any',
      'HAT_COLOUR;',
      '// #end',
      'end',
    ];
    expect(made(lines, 'unitPrice:string!,releaseYear:int,note:string')).toBe(
      'UNIT_PRICE;\nint releaseYear, release_year;\ntext? note;\nend',
    );
  });

  it('drops examples, and blocks whose condition no field meets', () => {
    const lines = ['// #if money', 'money', '// #end', '// #if string', 'text', '// #end', '// #each field'];
    expect(made([...lines, 'petName', '// #case example', 'hatColour', '// #end'], 'note:string')).toBe(
      'text\nnote\n',
    );
  });

  it('omits a file whose condition no field meets', () => {
    expect(made(['// #file enum', 'x'])).toBeUndefined();
    expect(made(['// #file string', 'x'])).toBe('x');
  });

  it('writes defaults as code', () => {
    const lines = ['// #each field default', 'shoeSize: 42,', '// #end'];
    expect(made(lines, "stock:int=0,name:string=it's")).toBe("stock: 0,\nname: 'it\\'s',\n");
  });

  it('numbers the fields of a message and the values of enums', () => {
    const lines = [
      '// #each field',
      'string hat_colour = 4;',
      '// #end',
      '// #each field enum',
      '// #case any',
      'GARDEN_GNOME_NIGHT_SHIFT_NONE = 0;',
      '// #each value',
      'GARDEN_GNOME_NIGHT_SHIFT_DEEP_SLEEP = 1;',
      '// #end',
      '// #end',
    ];
    expect(made(lines, 'kind:enum(a|b)!,state:enum(c)!', 'a.proto')).toBe(
      'string kind = 4;\nstring state = 5;\n' +
        'ORDER_LINE_KIND_NONE = 0;\nORDER_LINE_KIND_A = 1;\nORDER_LINE_KIND_B = 2;\n' +
        'ORDER_LINE_STATE_NONE = 0;\nORDER_LINE_STATE_C = 1;\n',
    );
  });

  it.each([
    ['a leftover mark', ['// #end'], 'a.ts:1 unexpected "#end"'],
    ['an unknown mark', ['x', '// #iff string'], 'a.ts:2 unexpected "#iff"'],
    ['a mark left open', ['x', '// #if string'], 'a.ts:2 missing "#end"'],
    ['an unknown feature', ['// #if strng', 'x', '// #end'], 'a.ts:1 unknown feature "strng"'],
    ['an empty condition', ['// #if string', '// #end'], 'a.ts:1 this "#if" is empty'],
    [
      'a case that names no field',
      ['// #each field', 'nothing', '// #end'],
      'a.ts:1 this case names no field of the example: exactly one is required',
    ],
    [
      'a case that names two',
      ['// #each field', 'hatColour petName', '// #end'],
      'a.ts:1 this case names hatColour and petName of the example: exactly one is required',
    ],
    [
      'a field that no case fits',
      ['// #each field', '// #case int', 'beardLength', '// #end'],
      'a.ts:1 no "#case" fits the field sku',
    ],
  ])('refuses %s', (_, lines, message) => {
    expect(() => made(lines)).toThrow(message);
  });
});
