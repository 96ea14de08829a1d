import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startsIsolated } from './starts-isolated.js';

let plain: string;
let isolated: string;
beforeAll(() => {
  [plain, isolated] = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'msx-local-'))) as [string, string];
  writeFileSync(join(isolated, 'msx.local.yaml'), 'isolated: true\n');
});
afterAll(() => [plain, isolated].forEach((folder) => rmSync(folder, { recursive: true })));

it('a system starts isolated if the environment says so, or else its local file', () => {
  expect(startsIsolated(plain, {})).toBe(false);
  expect(startsIsolated(isolated, {})).toBe(true);
  expect(startsIsolated(plain, { MSX_ISOLATED: 'true' })).toBe(true);
  expect(startsIsolated(isolated, { MSX_ISOLATED: 'false' })).toBe(false);
  expect(startsIsolated(isolated, { MSX_ISOLATED: '' })).toBe(true);
  expect(() => startsIsolated(plain, { MSX_ISOLATED: 'yes' })).toThrow(
    expect.objectContaining({ code: 'USAGE', message: 'MSX_ISOLATED must be true or false, not "yes"' }),
  );
});
