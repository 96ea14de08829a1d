import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runExamples } from '@msx/gateway/testing';
import { Gateway } from '../gateway.fixture.js';
import { examples } from './examples.js';

const gateway = new Gateway();
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

describe('the playground', () => {
  it('has tabs that work one after the other, from left to right', async () => {
    const results = await runExamples(gateway, examples);
    expect(results.length).toBeGreaterThan(5);
    for (const { query, errors } of results) expect({ query, errors }).toEqual({ query, errors: undefined });
  });

  it('names an existing tab as the cause of the events of a subscription', () => {
    const titles = examples.map(({ query }) => /(?:query|mutation) (\w+)/.exec(query)?.[1]);
    const causes = examples.flatMap(({ causedBy }) => causedBy ?? []);
    expect(causes.filter((cause) => !titles.includes(cause))).toEqual([]);
  });
});
