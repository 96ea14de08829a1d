import { expect, it } from '@jest/globals';
import { apacheMessages } from '../apis/apache-definitions.fixture.js';
import { registry } from '../apis/registry.js';
import { apiNames } from './api-name.js';

it('are the names of all APIs that clients may call, and so of all that are served', () => {
  const requests = apacheMessages().filter(({ type }) => type === 'request');
  const names = requests.map(({ apiKey, name }) => [apiKey, name.replace(/Request$/, '')] as const);
  const sorted = [...new Map(names)].sort(([a], [b]) => a - b).map(([, name]) => name);
  expect(apiNames).toEqual(sorted);
  expect(apiNames).toEqual(expect.arrayContaining(registry.map(({ api }) => api.name)));
});
