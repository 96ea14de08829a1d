import { describe, expect, it } from '@jest/globals';
import { Kind, parse } from 'graphql';
import type { OperationDefinitionNode } from 'graphql';
import { QueryShapeReader } from './query-shape.js';

function shapeOf(query: string) {
  const document = parse(query);
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return new QueryShapeReader(document).shapeOf((operation as OperationDefinitionNode).selectionSet);
}

describe('the shape of a query', () => {
  it.each([
    ['{ a }', { depth: 1, aliases: 0, rootFields: 1 }],
    ['{ a { b { c } d } x: e }', { depth: 3, aliases: 1, rootFields: 2 }],
    ['{ ... on Q { a ... { y: b } } }', { depth: 1, aliases: 1, rootFields: 2 }],
    ['{ a { ...F } ...F } fragment F on T { x: b { c } }', { depth: 3, aliases: 2, rootFields: 2 }],
    ['{ ...Missing }', { depth: 0, aliases: 0, rootFields: 0 }],
    ['{ __schema { types { fields { name } } } }', { depth: 1, aliases: 0, rootFields: 1 }],
  ])('%s', (query, shape) => expect(shapeOf(query)).toEqual(shape));

  it('terminates for fragments that spread each other', () => {
    expect(shapeOf('{ ...A } fragment A on T { a { ...B } } fragment B on T { b { ...A } }')).toEqual({
      depth: 2,
      aliases: 0,
      rootFields: 1,
    });
  });

  it('counts the product of nested fragments without expanding them', () => {
    const doubling = Array.from(
      { length: 100 },
      (_, n) => `fragment F${n} on T { ...F${n + 1} ...F${n + 1} }`,
    );
    const { aliases } = shapeOf(`{ ...F0 } ${doubling.join(' ')} fragment F100 on T { x: a }`);
    expect(aliases).toBe(Number.MAX_SAFE_INTEGER);
  });
});
