import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ShopCopy, repository } from '../shop-copy.fixture.js';
import { usual } from './conditions.fixture.js';
import { expectSane } from './faults.fixture.js';
import { Terminal } from './terminal.fixture.js';

jest.setTimeout(120_000);

const guide = readFileSync(join(repository, 'docs/guides/tour.md'), 'utf8');
const [, tour = ''] = /# The tour\n[^`]*```bash\n([^]*?)```/.exec(guide) ?? [];
const lines = tour.split('\n').filter(Boolean);

/** The check for production exits with 1, because something is missing. After Ctrl-C, npx exits with 130, whatever msx does. */
function exitOf(line: string): number {
  if (line.includes('config check --env production')) return 1;
  return follows(line) ? 130 : 0;
}
const follows = (line: string) => line.includes(' -f ');
const printsData = (line: string) => /msx (logs|graphql schema|diff|generate|destroy)/.test(line);

describe('the tour, pasted line by line', () => {
  let shop: ShopCopy;
  let terminal: Terminal;
  beforeAll(async () => {
    shop = await ShopCopy.create();
    terminal = await Terminal.open({ cwd: shop.root, columns: usual.columns, rows: usual.rows });
  });
  afterAll(async () => {
    await terminal?.close();
    await shop?.destroy();
  });

  it('begins with a start, and ends with a stop', () => {
    expect(lines[0]).toMatch(/^npx msx dev start /);
    expect(lines.at(-1)).toBe('npx msx dev stop');
    expect(lines.length).toBeGreaterThanOrEqual(25);
  });

  it.each(lines)('%s', async (line) => {
    terminal.start(line);
    if (follows(line)) {
      await terminal.waitFor(/Listening/);
      terminal.press('ctrl-c');
    }
    expectSane(await terminal.end(), usual, {
      exit: exitOf(line),
      foreign: printsData(line) ? () => true : undefined,
    });
  });
});
