import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

/** A question that is longer than the screen is wrapped. */
const newSystem: Dialogue = [
  [/Name of the system:$/, 'town'],
  [/Template[^]*:$/, 'e'],
  [/First service[^]*:$/, ''],
  [/Entity[^]*:$/, ''],
  [/Fields[^]*:$/, ''],
  [/Database[^]*:$/, ''],
  [/Broker in[^]*development[^]*:$/, ''],
  [/git[^]*repository[^]*:$/, 'n'],
];

const service: Dialogue = [
  [/Name of the service:$/, 'inventory'],
  [/Entity[^]*:$/, 'StockItem'],
  [/Fields[^]*:$/, 'sku:string!'],
];

/** Answers each question when it is asked. */
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

  it.each(conditionsOf(0))('msx new asks for missing values: $name', (condition) =>
    inShop(condition, async (terminal) => {
      const folder = `town-${condition.columns}`;
      await answer(terminal, `msx new --skip-install -d ${folder}`, newSystem);
      expectSane(await terminal.end(), condition, { exit: 0, foreign: isQuestion });
      expect(existsSync(join(shop.root, folder, 'msx.yaml'))).toBe(true);
    }),
  );

  it.each([usual, unnamed])('msx generate service asks for missing values: $name', (condition) =>
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
      await terminal.waitFor(/Fields.*:$/);
      terminal.press(key);
      expectSane(await terminal.end(), usual, { exit });
      expect(existsSync(join(shop.root, 'services/inventory'))).toBe(false);
    }),
  );

  it('never echo a password, even after Ctrl-C', () =>
    inShop(usual, async (terminal) => {
      await answer(terminal, 'msx users create-admin --email ann@example.com --name Ann', []);
      await terminal.waitFor(/Password:$/);
      terminal.press('ctrl-c');
      expectSane(await terminal.end(), usual, { exit: 130 });
    }));

  it('ignore an answer that was typed before they were shown, and fail after a no', () =>
    inShop(usual, async (terminal) => {
      const foreign = await foreignProcessOn(shop.port);
      try {
        terminal.start('msx ports free');
        terminal.type('y\r');
        await terminal.waitFor(/Terminate\s+it\? \[y\/N\]$/);
        terminal.type('n\r');
        const run = await terminal.end();
        expectSane(run, usual, { exit: 1, foreign: (text) => isQuestion(text) || text === 'y' });
        expect(run.raw).toContain('PORTS_KEPT');
        expect(foreign.exitCode).toBeNull();
      } finally {
        foreign.kill('SIGKILL');
      }
    }));
});

async function foreignProcessOn(port: number) {
  const code = `require('net').createServer().listen(${port}, '127.0.0.1', () => console.log('up'))`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  return child;
}
