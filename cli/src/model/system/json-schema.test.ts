import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { jsonSchema } from './json-schema.js';
import { model } from './model.js';

describe('msx.schema.json', () => {
  it('is up to date; otherwise run node cli/generate.mjs', () => {
    const published: unknown = JSON.parse(
      readFileSync(new URL('../../../msx.schema.json', import.meta.url), 'utf8'),
    );
    expect(published).toEqual(JSON.parse(JSON.stringify(jsonSchema(model))));
  });
});
