import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from '@jest/globals';
import { until } from '../kafkajs/kafka.fixture.js';
import { WireClient } from '../server/wire-client.fixture.js';

const built = new URL('../../dist/index.js', import.meta.url).href;

const program = `
  const { startBroker } = await import(${JSON.stringify(built)});
  const kafka = await startBroker({ process: true });
  console.log(kafka.port);
`;

it('a child process ends with its parent, even one that is killed', async () => {
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(createInterface(parent.stdout), 'line')) as [string];
  const client = await WireClient.to(Number(port));
  const exit = once(parent, 'exit');
  parent.kill('SIGKILL');
  await exit;
  await client.closed.catch(() => {});
  const isListening = () =>
    WireClient.to(Number(port)).then(
      (other) => (other.close(), true),
      () => false,
    );
  await until(async () => !(await isListening()));
  expect(await isListening()).toBe(false);
});
