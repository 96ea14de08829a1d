import { expect, it } from '@jest/globals';
import { Metrics } from './metrics.js';
import { sharedRead } from './shared-read.js';

it('what gauges share is read once for each scrape, also after it could not be read', async () => {
  const metrics = new Metrics('s');
  let reads = 0;
  const read = sharedRead(async () => {
    await new Promise(setImmediate);
    if (++reads === 1) throw new Error('not now');
    return reads;
  });
  for (const name of ['a', 'b'])
    metrics.gauge({ name, help: 'h', labels: [] }, async () => [{ labels: {}, value: await read() }]);
  expect((await metrics.text()).body).not.toMatch(/^[ab]\{/m);
  const { body } = await metrics.text();
  expect(body).toMatch(/^a\{service="s"\} 2$/m);
  expect(body).toMatch(/^b\{service="s"\} 2$/m);
  await metrics.text();
  expect(reads).toBe(3);
});
