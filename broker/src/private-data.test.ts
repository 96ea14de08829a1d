import { describe, expect, it } from '@jest/globals';
import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brokers } from './test-broker.fixture.js';

describe('the data of a broker', () => {
  const { start, directory } = brokers();

  it('is in a directory that only the owner can access, even if it was accessible to all before', async () => {
    const data = directory();
    chmodSync(data, 0o755);
    await start({ data });
    expect(statSync(data).mode & 0o777).toBe(0o700);
    const below = readdirSync(data, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isDirectory(),
    );
    for (const { parentPath, name } of below)
      expect(statSync(join(parentPath, name)).mode & 0o777).toBe(0o700);
  });
});
