import { describe, expect, it } from '@jest/globals';
import { nounOf } from './noun.js';
import { pluralOf } from './plural.js';
import { casings, wordsOf } from './words.js';

describe('a noun', () => {
  it.each(['gardenGnome', 'GardenGnome', 'garden-gnome', 'GARDEN_GNOME', 'garden gnome'])(
    'is known in any casing: %s',
    (name) => {
      expect(nounOf(name)).toEqual({ words: ['garden', 'gnome'], plural: ['garden', 'gnomes'] });
    },
  );

  it('is written in every casing', () => {
    expect(casings.map((write) => write(wordsOf('HTTPRequest2')))).toEqual([
      'httpRequest2',
      'HttpRequest2',
      'http_request2',
      'HTTP_REQUEST2',
      'http-request2',
      'http request2',
      'Http request2',
    ]);
  });

  it.each([
    ['person', 'people'],
    ['city', 'cities'],
    ['day', 'days'],
    ['box', 'boxes'],
    ['bus', 'buses'],
    ['analysis', 'analyses'],
    ['branch', 'branches'],
    ['child', 'children'],
    ['product', 'products'],
    ['sheep', 'sheep'],
  ])('of one %s, many are %s', (one, many) => {
    expect(pluralOf(one)).toBe(many);
  });

  it('takes another plural when told, and tells many from one where they are the same word', () => {
    expect(nounOf('garden gnome', 'gardenFolk').plural).toEqual(['garden', 'folk']);
    expect(nounOf('sheep').plural).toEqual(['sheep', 'list']);
  });

  it.each([
    ['h2oTank', ['h2', 'o', 'tank'], ['h2', 'o', 'tanks']],
    ['xYPlot', ['xy', 'plot'], ['xy', 'plots']],
    ['unit9', ['unit9'], ['unit9', 'list']],
    ['planB', ['plan', 'b'], ['plan', 'bs']],
  ])('has the words that ts-proto finds in the names of its RPCs: %s', (name, words, plural) => {
    expect(nounOf(name)).toEqual({ words, plural });
  });

  it.each([
    ['Größe', '"ö" is neither a letter'],
    ['2nd', 'does not begin with a letter'],
    ['class', 'is a word of JavaScript'],
    ['Query', 'already means something'],
    ['x'.repeat(41), 'longer than 40'],
    ['', 'does not begin with a letter'],
  ])('cannot be %j', (name, reason) => {
    expect(() => nounOf(name)).toThrow(reason);
  });
});
