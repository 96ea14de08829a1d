import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ShopCopy } from '../shop-copy.fixture.js';
import { commandLines } from './command-lines.fixture.js';
import { conditionsOf, runIn } from './conditions.fixture.js';
import { expectSane } from './faults.fixture.js';
import { commandNames } from './manifest.fixture.js';

jest.setTimeout(90_000);

const nowhere = { DOCKER_HOST: 'unix:///nowhere/docker.sock', KUBECONFIG: '/nowhere/kubeconfig' };
const all = Object.values(commandLines).flat();

describe('a system that is stopped, on a terminal', () => {
  let shop: ShopCopy;
  beforeAll(async () => {
    shop = await ShopCopy.create();
  });
  afterAll(() => shop?.destroy());

  it('has a command line for every command', () => {
    expect(Object.keys(commandLines).sort()).toEqual(commandNames);
    for (const [name, lines] of Object.entries(commandLines))
      for (const { line } of lines) expect(line).toMatch(new RegExp(`\\bmsx ${name}\\b`));
  });

  it.each(all.map((each, n) => [each.line, each, n] as const))(
    '%s',
    async (line, { once, ...expected }, n) => {
      const conditions = conditionsOf(n);
      const runs = await Promise.all(
        (once ? [conditions[n % conditions.length]!] : conditions).map(async (condition) => ({
          condition,
          run: await runIn(condition, line, { cwd: shop.root, env: nowhere }),
        })),
      );
      for (const { run, condition } of runs) expectSane(run, condition, expected);
    },
  );
});
