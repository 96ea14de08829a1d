import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { parseSystem } from './load-system.js';
import { MODEL_EXAMPLES } from './model-examples.js';
import { model } from './model.js';
import { isRecord } from './shape.js';
import type { Shape } from './shape.js';

const page = readFileSync(new URL('../../../../docs/msx-yaml.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, block]) => block!);
const load = (value: object) => parseSystem(stringify(value), '/shop', () => true);
const { name, topics, services } = MODEL_EXAMPLES;

/** The keys of a shape that are missing in its examples. */
function missingKeys(shape: Shape, examples: unknown[], path: string): string[] {
  const present = examples.filter((each) => each !== undefined);
  if (present.length === 0) return [path];
  if (shape.type === 'map') return missingKeys(shape.of, present.flatMap(values), `${path}.<name>`);
  if (shape.type !== 'object') return [];
  return Object.entries(shape.properties).flatMap(([key, inner]) => {
    const found = present.map((each) => (isRecord(each) ? each[key] : undefined));
    return missingKeys(inner, found, `${path}.${key}`);
  });
}
const values = (value: unknown): unknown[] => (isRecord(value) ? Object.values(value) : []);

describe('the examples of msx.yaml', () => {
  it('show every key', () => {
    expect(missingKeys(model, [MODEL_EXAMPLES], 'msx.yaml')).toEqual([]);
  });

  it('have a description for every key', () => {
    const keysWithoutDescription = (shape: Shape, path: string): string[] => {
      if (shape.type === 'map') return keysWithoutDescription(shape.of, `${path}.<name>`);
      if (shape.type !== 'object') return [];
      return Object.entries(shape.properties).flatMap(([key, inner]) => [
        ...(/^\S.+\.$/.test(inner.description ?? '') ? [] : [`${path}.${key}`]),
        ...keysWithoutDescription(inner, `${path}.${key}`),
      ]);
    };
    expect(keysWithoutDescription(model, 'msx.yaml')).toEqual([]);
  });

  it('together are a valid system', () => {
    expect(load(MODEL_EXAMPLES)).toMatchObject({ name: 'shop', auth: { issuer: 'user-service' } });
  });

  it('are shown on the page: a block for each key', () => {
    expect(blocks.map((block) => Object.keys(parse(block) as object))).toEqual(
      Object.keys(model.properties).map((key) => [key]),
    );
  });

  it.each(blocks)('is accepted by the loader: %s', (block) => {
    expect(load({ name, topics, services, ...(parse(block) as object) }).services).toHaveLength(3);
  });
});
