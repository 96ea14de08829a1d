import { formsOf } from '../names/noun.js';
import { camel, casings, constant, kebab, pascal, prose, snake } from '../names/words.js';
import type { Field } from '../fields/field.js';
import type { Model } from './model.js';

/** The replacement of each text. */
export type Names = ReadonlyMap<string, string>;

/**
 * Replaces every name of one model by that of another, in a single pass and the longest first, so that no replacement
 * is replaced again, even if it contains an old name.
 */
export function rename(text: string, names: Names): string {
  return text.replace(patternOf(names), (name) => names.get(name)!);
}

const patterns = new WeakMap<Names, RegExp>();

function patternOf(names: Names): RegExp {
  const cached = patterns.get(names);
  if (cached) return cached;
  const longestFirst = [...names.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const pattern = new RegExp(longestFirst.join('|'), 'g');
  patterns.set(names, pattern);
  return pattern;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** All names except those of the fields. */
export function namesOf(from: Model, to: Model): Map<string, string> {
  const entity = formsOf(to.entity);
  const names = new Map(formsOf(from.entity).map((form, n) => [form, entity[n]!]));
  for (const write of casings) names.set(write(from.service), write(to.service));
  names.set(snake(from.system), snake(to.system));
  names.set(String(from.port), String(to.port));
  names.set(String(from.healthPort), String(to.healthPort));
  for (const article of ['a', 'A'])
    names.set(`${article} ${prose(from.entity.words)}`, withArticle(article, prose(to.entity.words)));
  return names;
}

const withArticle = (article: string, noun: string) =>
  `${/^[aeiou]/.test(noun) ? `${article}n` : article} ${noun}`;

export const fieldNames = (from: Field, to: Field): [string, string][] => wordNames(from.words, to.words);

export const wordNames = (from: readonly string[], to: readonly string[]): [string, string][] =>
  [camel, pascal, snake, constant, kebab].map((write) => [write(from), write(to)]);
