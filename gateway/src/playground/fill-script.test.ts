import { describe, expect, it } from '@jest/globals';
import { filled, remembered, tabsAfter } from '../testing/fill-functions.js';

const answers = { createBook: { id: '42', price: 9.99, isbn: null }, books: [{ id: '7' }] };

describe('a tab of the playground', () => {
  it.each([
    ['{{createBook.id}}', '42'],
    ['Bearer {{createBook.id}}!', 'Bearer 42!'],
    ['{{books.0.id}}', '7'],
    ['{{createBook.price}}', 9.99],
    ['costs {{createBook.price}}', 'costs 9.99'],
    ['{ createBook }', '{ createBook }'],
    [{ list: ['{{createBook.id}}', 1, null, true], none: undefined }, { list: ['42', 1, null, true] }],
  ])('takes the values of earlier responses for %j', (value: unknown, expected) => {
    expect(filled(value, answers)).toEqual(expected);
  });

  it.each(['{{createPage.id}}', 'x {{createPage.id.more}}'])('names the tab to run first for %s', (value) => {
    expect(() => filled({ id: value }, answers)).toThrow(/run the tab CreatePage first/);
  });

  it('does not use null values', () => {
    expect(() => filled('{{createBook.isbn}}', answers)).toThrow(/CreateBook/);
  });

  it('gets a unique string for each run', () => {
    expect(filled('a-{{unique}}@example.com', {})).toMatch(/^a-[a-z0-9]+@example\.com$/);
  });

  it('remembers the last response of each field, except introspection', () => {
    const later = remembered(answers, { __schema: {}, books: [], createPage: { id: '1' } });
    expect(later).toEqual({ createBook: answers.createBook, books: [], createPage: { id: '1' } });
    expect(remembered(answers, null)).toEqual(answers);
  });

  it('is replaced by the tab of a newer page only if it was not edited', () => {
    const [old, variables] = [{ query: '{ old }' }, '{"a":1}'];
    const changed = { query: '{ old }', variables };
    const own = { query: '{ own }' };
    const stored = [{ ...old, variables: null, headers: '' }, changed, own];
    expect(tabsAfter(stored, [old], [{ query: '{ new }' }])).toEqual([{ query: '{ new }' }, changed, own]);
  });
});
