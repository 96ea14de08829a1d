import { describe, expect, it } from '@jest/globals';
import { getOperationAST, parse } from 'graphql';
import { operationLabel } from './operation-label.js';

describe('what an operation is measured as', () => {
  it.each([
    ['query Anything { all: users { id } }', 'query users'],
    ['mutation { createUser { id } }', 'mutation createUser'],
    ['{ a: users { id } b: users { id } }', 'query several'],
    ['{ ...All } fragment All on Query { users { id } }', 'query several'],
    ['{ ... { users { id } } }', 'query several'],
  ])('of %s is %s', (document, label) => {
    expect(operationLabel(getOperationAST(parse(document))!)).toBe(label);
  });
});
