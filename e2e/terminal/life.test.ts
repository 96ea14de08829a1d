import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { takeLock } from '../../cli/src/running/processes/lock.js';
import { ShopCopy } from '../shop-copy.fixture.js';
import { conditionsOf, inTerminal, narrow, runIn, unnamed, usual } from './conditions.fixture.js';
import { expectSane } from './faults.fixture.js';
import { isLogLine } from './log-lines.fixture.js';
import type { Condition } from './conditions.fixture.js';
import type { Terminal } from './terminal.fixture.js';

jest.setTimeout(120_000);

/** Time between two key presses: a signal that comes sooner counts as the same press, passed on by npx. */
const BETWEEN_PRESSES_MS = 100;

describe('the life of a system, on a terminal', () => {
  let shop: ShopCopy;
  beforeAll(async () => {
    shop = await ShopCopy.create();
  });
  afterAll(() => shop?.destroy());

  const inShop = (condition: Condition, use: (terminal: Terminal) => Promise<void>) =>
    inTerminal(condition, { cwd: shop.root }, use);
  const nothingRuns = async () =>
    expect((await runIn(usual, 'msx dev status', { cwd: shop.root })).raw).toContain('nothing is running');

  describe('that runs', () => {
    it('shows what it is waiting for while it starts, and outlives the terminal', () =>
      inShop(usual, async (terminal) => {
        terminal.start('msx dev start');
        await terminal.waitFor(/api-gateway .*start/);
        expect(terminal.cursorVisible).toBe(false);
        const run = await terminal.end();
        expectSane(run, usual, { exit: 0 });
        // The table has replaced the live list.
        expect(run.lines.filter(({ text }) => /^✔/.test(text))).toEqual([]);
        expect(run.lines.filter(({ text }) => /^api-gateway .* s$/.test(text))).toHaveLength(1);
      }));

    it.each(
      [
        'msx dev start',
        'msx dev status',
        'msx dev why',
        'msx dev why user-service',
        'msx ports',
        'msx topics list',
        'msx events list',
        'msx events list order.created',
        "msx gql '{ usersCount }'",
        "msx call user-service CountUsers '{}'",
        'msx logs -n 20',
        'msx logs user-service --level warn',
      ].map((line, n) => [line, n] as const),
    )('%s', async (line, n) => {
      const runs = conditionsOf(n).map(async (condition) => {
        const run = await runIn(condition, line, { cwd: shop.root });
        expectSane(run, condition, { exit: 0, foreign: line.includes('logs') ? isLogLine : undefined });
      });
      await Promise.all(runs);
    });

    it('logs the operation of a request', async () => {
      await runIn(usual, "msx gql '{ usersCount }'", { cwd: shop.root });
      const { raw } = await runIn(unnamed, 'msx logs api-gateway', { cwd: shop.root });
      expect(raw).toMatch(/ request POST query usersCount \/graphql 200 \S+ ms/);
    });

    it.each([usual, narrow, unnamed])('follows the logs until Ctrl-C: $name', (condition) =>
      inShop(condition, async (terminal) => {
        terminal.start('msx logs -f');
        await terminal.waitFor(/listening/i);
        terminal.press('ctrl-c');
        expectSane(await terminal.end(), condition, { exit: 0, foreign: isLogLine });
      }),
    );

    it.each([narrow, unnamed])('restarts a service: $name', (condition) =>
      inShop(condition, async (terminal) =>
        expectSane(await terminal.run('msx dev restart user-service'), condition, { exit: 0 }),
      ),
    );

    it('stops', () =>
      inShop(usual, async (terminal) => {
        expectSane(await terminal.run('msx dev stop'), usual, { exit: 0 });
        await nothingRuns();
      }));
  });

  it.each([narrow, unnamed])('stays attached until Ctrl-C: $name', (condition) =>
    inShop(condition, async (terminal) => {
      terminal.start('msx dev start --attach');
      await terminal.waitFor(/Ctrl-C stops[^]*api-gateway .*Listening/);
      terminal.press('ctrl-c');
      expectSane(await terminal.end(), condition, { exit: 0, foreign: isLogLine });
      await nothingRuns();
    }),
  );

  describe('that is interrupted', () => {
    const STARTING = /kafka started/;
    const BUILDING = /is being built/;
    const edit = () => appendFileSync(join(shop.root, 'services/user-service/src/main.ts'), '// edited\n');
    /** Without control of the cursor, what takes less than a second is not announced: there, the build has to wait for us. */
    const prepareBuild = (condition: Condition): (() => void) => {
      edit();
      if (condition !== unnamed) return () => {};
      const lock = takeLock(shop.root, 'build');
      if (!('release' in lock)) throw new Error('something else builds the shop');
      return lock.release;
    };
    const once = ['ctrl-c'] as const;
    const twice = ['ctrl-c', 'ctrl-c'] as const;

    let release = () => {};
    afterEach(() => release());

    it.each([
      ['while it starts', STARTING, once],
      ['while it starts, twice', STARTING, twice],
      ['while it builds', BUILDING, once],
      ['while it builds, twice', BUILDING, twice],
    ])('%s', async (_, phase, keys) => {
      for (const condition of [usual, unnamed])
        await inShop(condition, async (terminal) => {
          if (phase === BUILDING) release = prepareBuild(condition);
          terminal.start('msx dev start');
          await terminal.waitFor(phase, 20_000);
          let over = false;
          const ended = terminal.ended().then(() => (over = true));
          for (const key of keys) {
            // After the command has ended, keys go to the shell.
            if (!over) terminal.press(key);
            await Promise.race([terminal.waitFor(/Ctrl-C again/), ended]);
            await pause(BETWEEN_PRESSES_MS);
          }
          expectSane(await terminal.end(), condition, { exit: 130 });
          await nothingRuns();
          release();
        });
    });
  });
});
