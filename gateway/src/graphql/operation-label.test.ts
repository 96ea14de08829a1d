import { describe, expect, it } from '@jest/globals';
import { getOperationAST, parse } from 'graphql';
import { operationLabel } from './operation-label.js';

describe('the label of an operation in metrics', () => {
  it.each([
    ['query Anything { all: readers { id } }', 'query readers'],
    ['mutation { createReader { id } }', 'mutation createReader'],
    ['{ a: readers { id } b: readers { id } }', 'query several'],
    ['{ ...All } fragment All on Query { readers { id } }', 'query several'],
    ['{ ... { readers { id } } }', 'query several'],
  ])('of %s is %s', (document, label) => {
    expect(operationLabel(getOperationAST(parse(document))!)).toBe(label);
  });
});
