import { describe, expect, it } from '@jest/globals';
import { shapeFor, toConfig } from './config-shape.js';
import type { ConfigNeeds } from './config.js';
import type { Values } from './config-shape.js';
import { RUNTIME_SETTINGS } from './runtime-settings.js';
import { readShape } from './read-variables.js';
import type { Source } from './sources.js';

const NEEDS: ConfigNeeds = { port: 50051, databaseFile: 'users.db', events: true, upstreams: [] };

function read(texts: Readonly<Record<string, string>>) {
  const source = (text: string): Source => ({ text, from: 'environment', place: 'X' });
  const sources = new Map(Object.entries(texts).map(([name, text]) => [name, source(text)]));
  const { values, problems } = readShape(shapeFor(NEEDS), sources);
  expect(problems).toEqual([]);
  return toConfig(values as Values, NEEDS);
}

/** These defaults are descriptions: they depend on more than the variable. */
const WORDS = /^(AUTH|PORT|HEALTH_PORT|DATABASE_URL|KAFKA_CA)$/;

describe('the table of the settings', () => {
  it('lists exactly the variables that are read', () => {
    expect(Object.keys(RUNTIME_SETTINGS).sort()).toEqual(Object.keys(shapeFor(NEEDS)).sort());
  });

  it.each(['development', 'production'] as const)('states the actual defaults: %s', (environment) => {
    const stated = Object.entries(RUNTIME_SETTINGS).flatMap(([name, { default: text }]) => {
      if (text === undefined || WORDS.test(name) || name === 'NODE_ENV') return [];
      if (typeof text === 'string') return [[name, text]];
      return [[name, environment === 'production' ? text.production : text.elsewhere]];
    });
    expect(stated.length).toBeGreaterThan(10);
    const set = { NODE_ENV: environment, ...Object.fromEntries(stated) } as Record<string, string>;
    expect(read(set)).toEqual(read({ NODE_ENV: environment }));
  });

  it('omits no default', () => {
    const values = readShape(shapeFor(NEEDS), new Map()).values;
    const silent = Object.keys(RUNTIME_SETTINGS).filter(
      (name) => RUNTIME_SETTINGS[name]!.default === undefined,
    );
    const taken = silent.filter((name) => values[name] !== undefined && name !== 'TOPICS');
    expect(taken).toEqual([]);
  });

  it('documents the expected value in the words of its error message', () => {
    for (const [name, schema] of Object.entries(shapeFor(NEEDS))) {
      const [issue] = schema.safeParse('no such value \u0000').error?.issues ?? [];
      const [, expected] = /^must be (?:a |one of )?([^:]+)/.exec(issue?.message ?? '') ?? [];
      if (expected)
        expect([name, RUNTIME_SETTINGS[name]!.expects]).toEqual([name, expect.stringContaining(expected)]);
    }
  });

  it('states each purpose in full sentences', () => {
    for (const [name, { purpose }] of Object.entries(RUNTIME_SETTINGS))
      expect([name, purpose]).toEqual([name, expect.stringMatching(/^[A-Z].+\.$/)]);
  });
});
