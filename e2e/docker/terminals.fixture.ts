import { expect, it } from '@jest/globals';
import { inTerminal, narrow, runIn, unnamed, usual } from '../terminal/conditions.fixture.js';
import { expectSane } from '../terminal/faults.fixture.js';
import { isLogLine } from '../terminal/log-lines.fixture.js';
import { docker, repository, TAG } from './docker.fixture.js';
import { isQuestion } from '../terminal/questions.fixture.js';
import type { Condition } from '../terminal/conditions.fixture.js';
import type { Terminal } from '../terminal/terminal.fixture.js';
import type { Container, DockerShop } from './docker.fixture.js';

const MINUTE = 60_000;
const conditions = [usual, narrow, unnamed];

/** What users see of a running shop; leaves the shop running. */
export function onTerminals(shop: () => DockerShop): void {
  const inShop = (condition: Condition, use: (terminal: Terminal) => Promise<void>) =>
    inTerminal(condition, shop().terminal, use);
  const stateOf = async (service: string) => (await shop().containers(service)).map(({ state }) => state);

  it('is built again from the cache', async () => {
    const options = { ...shop().terminal, cwd: repository };
    expectSane(await runIn(usual, `msx docker build --tag ${TAG}`, options), usual, { exit: 0 });
  });

  it.each([
    ['msx docker ps', 0],
    ['msx docker ps user-service', 0],
    ['msx docker logs -n 5', 0],
    ['msx docker logs api-gateway --since 1h --level warn', 0],
    ['msx docker logs nobody', 2],
    ['msx docker scale nobody=2', 2],
  ])('%s', async (line, exit) => {
    const foreign = line.includes('logs') && exit === 0 ? isLogLine : undefined;
    await Promise.all(
      conditions.map(async (condition) =>
        expectSane(await runIn(condition, line, shop().terminal), condition, { exit, foreign }),
      ),
    );
  });

  it.each(conditions)('follows the logs until Ctrl-C: $name', (condition) =>
    inShop(condition, async (terminal) => {
      terminal.start('msx docker logs -f -n 5');
      await terminal.waitFor(/\d\d:\d\d:\d\d/);
      terminal.press('ctrl-c');
      expectSane(await terminal.end(), condition, { exit: 0, foreign: isLogLine });
    }),
  );

  it('is scaled down, and left unchanged by a second up', async () => {
    expectSane(await runIn(usual, 'msx docker scale user-service=1', shop().terminal), usual, { exit: 0 });
    for (const condition of conditions)
      expectSane(await runIn(condition, 'msx docker up', shop().terminal), condition, { exit: 0 });
  });

  it('stops the containers of this run on Ctrl-C', async () => {
    const [{ id }] = (await shop().containers('order-service')) as [Container];
    await docker.getContainer(id).stop();
    for (const [condition, started] of [
      [usual, /order-service is up, not yet healthy/],
      // Without cursor control, a pending state is printed only after a while; other services are up at once.
      [unnamed, /user-service is up/],
    ] as const)
      await inShop(condition, async (terminal) => {
        terminal.start('msx docker up');
        await terminal.waitFor(started);
        terminal.press('ctrl-c');
        expectSane(await terminal.end(), condition, { exit: 130 });
        expect(await stateOf('order-service')).toEqual(['exited']);
        expect(await stateOf('user-service')).toEqual(['running']);
      });
  });

  it('shows pending services while it starts', () =>
    inShop(usual, async (terminal) => {
      terminal.start('msx docker up');
      await terminal.waitFor(/order-service is up, not yet healthy/);
      expect(terminal.cursorVisible).toBe(false);
      expectSane(await terminal.end(), usual, { exit: 0 });
    }));

  it.each(conditions)('removes no data without confirmation: $name', (condition) =>
    inShop(condition, async (terminal) => {
      terminal.start('msx docker down --volumes');
      await terminal.waitFor(/\[y\/N\]/);
      terminal.type('n\r');
      expectSane(await terminal.end(), condition, { exit: 0, foreign: isQuestion });
      expect(await stateOf('user-service')).toEqual(['running']);
    }),
  );
}

/** Removes the shop with all its data, answering the question for confirmation. */
export const removeOnTerminal = (shop: DockerShop): Promise<void> =>
  inTerminal(usual, shop.terminal, async (terminal) => {
    terminal.start('msx docker down --volumes');
    await terminal.waitFor(/\[y\/N\]/);
    terminal.type('y\r');
    expectSane(await terminal.end(2 * MINUTE), usual, { exit: 0 });
    expectSane(await terminal.run('msx docker ps'), usual, { exit: 0 });
  });
