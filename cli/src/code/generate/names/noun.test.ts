import { describe, expect, it } from '@jest/globals';
import { nounOf } from './noun.js';
import { pluralOf } from './plural.js';
import { casings, wordsOf } from './words.js';

describe('a noun', () => {
  it.each(['gardenGnome', 'GardenGnome', 'garden-gnome', 'GARDEN_GNOME', 'garden gnome'])(
    'is accepted in any casing: %s',
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
    ['setting', 'settings'],
    ['calf', 'calves'],
    ['lens', 'lenses'],
    ['aircraft', 'aircraft'],
    ['luggage', 'luggage'],
    ['status', 'statuses'],
    ['address', 'addresses'],
    ['index', 'indices'],
    ['quiz', 'quizzes'],
    ['hero', 'heroes'],
    ['staff', 'staff'],
    ['money', 'money'],
    ['unit9', 'unit9'],
  ])('has a plural: %s, %s', (one, many) => {
    expect(pluralOf(one)).toBe(many);
  });

  it.each([
    ['settings', 'Setting'],
    ['people', 'Person'],
    ['analyses', 'Analysis'],
    ['gardenGnomes', 'GardenGnome'],
    ['data', 'Datum'],
  ])('must be singular: %s', (many, one) => {
    expect(() => nounOf(many)).toThrow(`it looks like a plural: call it ${one}, or set`);
    expect(nounOf(many, 'manyOfThem').plural).toEqual(['many', 'of', 'them']);
  });

  it('accepts another plural, and appends "list" when singular and plural are the same', () => {
    expect(nounOf('garden gnome', 'gardenFolk').plural).toEqual(['garden', 'folk']);
    expect(nounOf('sheep').plural).toEqual(['sheep', 'list']);
  });

  it.each([
    ['h2oTank', ['h2', 'o', 'tank'], ['h2', 'o', 'tanks']],
    ['xYPlot', ['xy', 'plot'], ['xy', 'plots']],
    ['unit9', ['unit9'], ['unit9', 'list']],
    ['planB', ['plan', 'b'], ['plan', 'bs']],
  ])('is split into words like RPC names in ts-proto: %s', (name, words, plural) => {
    expect(nounOf(name)).toEqual({ words, plural });
  });

  it.each([
    ['Größe', '"ö" is neither a letter'],
    ['2nd', 'does not begin with a letter'],
    ['class', 'is a reserved word in JavaScript'],
    ['x'.repeat(41), 'longer than 40'],
    ['', 'does not begin with a letter'],
  ])('cannot be %j', (name, reason) => {
    expect(() => nounOf(name)).toThrow(reason);
  });
});
