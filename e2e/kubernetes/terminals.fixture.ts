import { it } from '@jest/globals';
import { inTerminal, narrow, runIn, unnamed, usual } from '../terminal/conditions.fixture.js';
import { expectSane } from '../terminal/faults.fixture.js';
import { isQuestion } from '../terminal/questions.fixture.js';
import { MINUTE, terminal as options } from './cluster.fixture.js';
import type { Condition } from '../terminal/conditions.fixture.js';
import type { Terminal } from '../terminal/terminal.fixture.js';
import type { ShopInCluster } from './cluster.fixture.js';

const conditions = [usual, narrow, unnamed];

const inRoot = (condition: Condition, use: (terminal: Terminal) => Promise<void>) =>
  inTerminal(condition, options, use);

/** A log line of a pod, as kubectl prints it. */
const isPodLine = (text: string) => /^(\^C)?\[pod\/\S+\] /.test(text);
const isAnything = () => true;

/** What users see of a deployed shop; leaves the shop as it was. */
export function onTerminals({ namespace, settings }: ShopInCluster): void {
  const there = `--namespace ${namespace}`;
  const release = ['--tag e2e', ...settings, there].join(' ');

  it.each([
    [`msx deploy status ${there}`, { exit: 0 }],
    [`msx deploy diff ${release}`, { exit: 0 }],
    [`msx deploy diff ${release} --set kubernetes.replicas=2`, { exit: 1, foreign: isAnything }],
    [`msx deploy k8s ${release} --dry-run`, { exit: 0 }],
    [`msx deploy logs --lines 5 ${there}`, { exit: 0, foreign: isPodLine }],
    ['msx deploy status --namespace nowhere', { exit: 1 }],
    ['msx deploy logs --namespace nowhere', { exit: 1 }],
    ['msx deploy rollback --namespace nowhere', { exit: 1 }],
    ['msx deploy delete --namespace nowhere', { exit: 0 }],
  ])('%s', async (line, expected) => {
    const runs = conditions.map((condition) => runIn(condition, line, options));
    for (const [n, run] of (await Promise.all(runs)).entries()) expectSane(run, conditions[n]!, expected);
  });

  it.each(conditions)('follows the logs until Ctrl-C: $name', (condition) =>
    inRoot(condition, async (terminal) => {
      terminal.start(`msx deploy logs user-service -f --lines 5 ${there}`);
      await terminal.waitFor(/\[pod\/user-service-/);
      terminal.press('ctrl-c');
      expectSane(await terminal.end(), condition, { exit: 0, foreign: isPodLine });
    }),
  );

  it.each(conditions)('forwards a port until Ctrl-C: $name', (condition) =>
    inRoot(condition, async (terminal) => {
      terminal.start(`msx deploy port-forward --port 0 ${there}`);
      await terminal.waitFor(/http:\/\/localhost:\d+/);
      terminal.press('ctrl-c');
      expectSane(await terminal.end(), condition, { exit: 0 });
    }),
  );

  it.each([usual, unnamed])(
    'can be interrupted with Ctrl-C while it is deployed, and the next run finishes the deployment: $name',
    (condition) =>
      inRoot(condition, async (terminal) => {
        terminal.start(`msx deploy k8s ${release} --set kubernetes.replicas=2`);
        await terminal.waitFor(/the cluster has the images/);
        terminal.press('ctrl-c');
        expectSane(await terminal.end(), condition, { exit: 130 });
        expectSane(await terminal.run(`msx deploy k8s ${release}`, 2 * MINUTE), condition, { exit: 0 });
      }),
    4 * MINUTE,
  );

  it.each(conditions)('is not deleted without confirmation: $name', (condition) =>
    inRoot(condition, async (terminal) => {
      terminal.start(`msx deploy delete ${there}`);
      await terminal.waitFor(/\[y\/N\]/);
      terminal.type('n\r');
      expectSane(await terminal.end(), condition, { exit: 0, foreign: isQuestion });
      expectSane(await terminal.run(`msx deploy status ${there}`), condition, { exit: 0 });
    }),
  );
}

/** Answers the question for confirmation. */
export const deleteOnTerminal = ({ namespace }: ShopInCluster): Promise<void> =>
  inRoot(usual, async (terminal) => {
    terminal.start(`msx deploy delete --namespace ${namespace}`);
    await terminal.waitFor(/\[y\/N\]/);
    terminal.type('y\r');
    expectSane(await terminal.end(3 * MINUTE), usual, { exit: 0, foreign: isQuestion });
  });
