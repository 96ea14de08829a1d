import { describe, expect, it } from '@jest/globals';
import { buildASTSchema, buildSchema, parse } from 'graphql';
import { printedSchema } from './printed-schema.js';
import { directedSchema, tag } from './directed-schema.fixture.js';
import { subgraphSdl } from './subgraph-sdl.js';

const APPLIED = [
  ...[
    'enum',
    'value',
    'scalar',
    'interface',
    'of-interface',
    'union',
    'input',
    'of-input',
    'argument',
    'query',
  ].map(tag),
  'BLUE @deprecated(reason: "faded")',
  'type Book implements Titled @key(fields: "id") @key(fields: "isbn", resolvable: false)',
  'colour: Colour! @deprecated(reason: "has none") @shareable',
  '@deprecated(reason: "never sold") @inaccessible',
  'type Shelf @shareable',
];

describe('the subgraph of a schema with directives everywhere', () => {
  it('contains each directive in its place, and imports the federation directives', async () => {
    const sdl = subgraphSdl(await directedSchema());
    for (const each of APPLIED) expect(sdl).toContain(each);
    expect(sdl.split('\n')[0]).toBe(
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@inaccessible", "@key", "@shareable", "@tag"])',
    );
  });

  it('matches the printed schema, which any tool can read', async () => {
    const printed = printedSchema(await directedSchema());
    for (const each of APPLIED) expect(printed).toContain(each);
    const read = buildSchema(printed);
    expect(read.getDirective('tag')).toBeDefined();
    expect(read.getDirective('external')).toBeUndefined();
  });

  it('imports nothing if nothing is used', () => {
    const schema = buildASTSchema(parse('type Query { a: Int @deprecated(reason: "x") }'));
    expect(subgraphSdl(schema)).toBe(
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3")\n\ntype Query {\n  a: Int @deprecated(reason: "x")\n}\n',
    );
  });

  it.each([
    ['@shareble', 'Unknown directive "@shareble". (Query: a: Int @shareble)'],
    [
      '@key(fields: "a")',
      'Directive "@key" may not be used on FIELD_DEFINITION. (Query: a: Int @key(fields: "a"))',
    ],
    ['@tag', 'Directive "@tag" argument "name" of type "String!" is required'],
    ['@override(from: "a") @override(from: "b")', 'can only be used once at this location'],
  ])('is refused with its location for %s', (directives, message) => {
    const schema = buildASTSchema(parse(`type Query { a: Int ${directives} }`), { assumeValidSDL: true });
    for (const printing of [subgraphSdl, printedSchema])
      expect(() => printing(schema)).toThrow(
        expect.objectContaining({ code: 'SCHEMA_INVALID', message: expect.stringContaining(message) }),
      );
  });
});
