import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ShopCopy } from '../shop-copy.fixture.js';
import { conditionsOf, inTerminal, narrow, unnamed, usual } from './conditions.fixture.js';
import { expectSane } from './faults.fixture.js';
import { isQuestion } from './questions.fixture.js';
import type { Condition } from './conditions.fixture.js';
import type { Terminal } from './terminal.fixture.js';

jest.setTimeout(90_000);

type Dialogue = readonly (readonly [question: RegExp, answer: string])[];

/** A question that is longer than the screen goes on below. */
const newSystem: Dialogue = [
  [/Name of the system:$/, 'town'],
  [/Begin with[^]*:$/, 'e'],
  [/First service[^]*:$/, ''],
  [/What it keeps[^]*:$/, ''],
  [/Its fields[^]*:$/, ''],
  [/Databases[^]*:$/, ''],
  [/Kafka in[^]*development[^]*:$/, ''],
  [/git[^]*repository[^]*:$/, 'n'],
];

const service: Dialogue = [
  [/Name of the service:$/, 'inventory'],
  [/What it keeps[^]*:$/, 'StockItem'],
  [/Its fields[^]*:$/, 'sku:string!'],
];

/** Answers each question once it is asked. */
async function answer(terminal: Terminal, line: string, dialogue: Dialogue): Promise<void> {
  terminal.start(line);
  for (const [question, text] of dialogue) {
    await terminal.waitFor(question);
    terminal.type(`${text}\r`);
  }
}

describe('questions on a terminal', () => {
  let shop: ShopCopy;
  beforeAll(async () => {
    shop = await ShopCopy.create();
  });
  afterAll(() => shop?.destroy());

  const inShop = (condition: Condition, use: (terminal: Terminal) => Promise<void>) =>
    inTerminal(condition, { cwd: shop.root }, use);

  it.each(conditionsOf(0))('msx new asks for what is not given: $name', (condition) =>
    inShop(condition, async (terminal) => {
      const folder = `town-${condition.columns}`;
      await answer(terminal, `msx new --skip-install -d ${folder}`, newSystem);
      expectSane(await terminal.end(), condition, { exit: 0, foreign: isQuestion });
      expect(existsSync(join(shop.root, folder, 'msx.yaml'))).toBe(true);
    }),
  );

  it.each([usual, unnamed])('msx generate service asks for what is not given: $name', (condition) =>
    inShop(condition, async (terminal) => {
      await answer(terminal, 'msx generate service --dry-run', service);
      expectSane(await terminal.end(), condition, { exit: 0, foreign: (text) => /^[-+@ ]/.test(text) });
    }),
  );

  it('msx users create-admin does not show the password', () =>
    inShop(narrow, async (terminal) => {
      await answer(terminal, 'msx users create-admin', [
        [/E-mail:$/, 'ann@example.com'],
        [/Name:$/, 'Ann'],
        [/Password:$/, 'password123'],
      ]);
      const run = await terminal.end();
      expectSane(run, narrow, { exit: 0 });
      expect(run.raw).not.toContain('password123');
    }));

  it.each([
    ['ctrl-c', 130],
    ['ctrl-d', 130],
  ] as const)('end with %s, and change nothing', (key, exit) =>
    inShop(usual, async (terminal) => {
      await answer(terminal, 'msx generate service', service.slice(0, 2));
      await terminal.waitFor(/Its fields.*:$/);
      terminal.press(key);
      expectSane(await terminal.end(), usual, { exit });
      expect(existsSync(join(shop.root, 'services/inventory'))).toBe(false);
    }),
  );

  it('hides a password until the end, however it ends', () =>
    inShop(usual, async (terminal) => {
      await answer(terminal, 'msx users create-admin --email ann@example.com --name Ann', []);
      await terminal.waitFor(/Password:$/);
      terminal.press('ctrl-c');
      expectSane(await terminal.end(), usual, { exit: 130 });
    }));
});
