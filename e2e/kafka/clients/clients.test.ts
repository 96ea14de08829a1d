import { afterAll, expect, it, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { itWhere } from '../../../checks/skipping.fixture.js';
import { recordResult, type ClientResult } from '../../record-result.fixture.js';
import { onKafka, startRestarting } from '../restarting-broker.fixture.js';

jest.setTimeout(600_000);

const RUN_TIMEOUT_MS = 540_000;
const folder = import.meta.dirname;

interface Step {
  readonly step: string;
  readonly error?: string;
}

interface Client {
  readonly name: string;
  readonly version: string;
  /** Set by run.sh where the client is installed; the program that its steps are run with. */
  readonly program: string | undefined;
  readonly args: readonly string[];
  /** Fewer would mean that a program ended early. */
  readonly steps: number;
}

const { TEST_FRANZ_GO, TEST_CONFLUENT_PYTHON, TEST_KCAT } = process.env;
const clients: readonly Client[] = [
  { name: 'franz-go', version: '1.22.3', program: TEST_FRANZ_GO, args: [], steps: 37 },
  {
    name: 'librdkafka',
    version: '2.16.0',
    program: TEST_CONFLUENT_PYTHON,
    args: [join(folder, 'librdkafka.py')],
    steps: 29,
  },
  {
    name: 'kcat',
    version: '1.7.1',
    program: TEST_KCAT && 'bash',
    args: [join(folder, 'kcat.sh')],
    steps: 11,
  },
];

/** The steps that are known to fail on the embedded broker, by client, with the reason. */
const known = JSON.parse(readFileSync(join(folder, 'known-failures.json'), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

async function stepsOf({ program, args }: Client, port: number): Promise<Step[]> {
  const child = spawn(program!, [...args, `127.0.0.1:${port}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: RUN_TIMEOUT_MS,
  });
  const exit = once(child, 'exit');
  const steps: Step[] = [];
  for await (const line of createInterface(child.stdout)) steps.push(JSON.parse(line) as Step);
  await exit;
  return steps;
}

const results: ClientResult[] = [];
if (!onKafka) afterAll(() => results.forEach(recordResult));

for (const client of clients) {
  const { name, version, program } = client;
  itWhere(program, 'npm run test:kafka-clients runs it where the client can be installed')(
    `the broker does what a user of ${name} asks for`,
    async () => {
      const broker = await startRestarting();
      const steps = await stepsOf(client, broker.port).finally(() => broker.destroy());
      expect(steps).toHaveLength(client.steps);
      const failed = steps.filter(({ error }) => error !== undefined);
      results.push({
        suite: 'steps of other clients',
        client: name,
        version,
        passed: steps.length - failed.length,
        total: steps.length,
      });
      const expected = onKafka ? {} : (known[name] ?? {});
      expect(failed.filter(({ step }) => !(step in expected))).toEqual([]);
      const names = failed.map(({ step }) => step);
      expect(Object.keys(expected).filter((step) => !names.includes(step))).toEqual([]);
    },
  );
}

it('has known failures only of steps of clients', () => {
  expect(Object.keys(known).filter((name) => !clients.some((client) => client.name === name))).toEqual([]);
});
