/**
 * Interprets scenarios with one client: the operations that a client module gives. A scenario is data, so that programs in
 * several languages can run the same ones; see scenario.fixture.ts.
 *   node CLIENT.mjs SCENARIOS PORT    prints a line of JSON for each scenario, in the order in which they end
 */
import { readFileSync } from 'node:fs';
import { clearTimeout } from 'node:timers';

/** Scenarios mostly wait (for sessions to expire, for members to join), so several of them run at a time. */
const AT_A_TIME = 6;
const SCENARIO_TIMEOUT_MS = 40_000;

/** What a client cannot do by design, such as a codec that it does not have. It does not tell brokers apart. */
export class Unsupported extends Error {}

/** Waits until a result is as expected. Metadata of a cluster becomes visible a little after a change. */
export async function eventually(read, isExpected, timeoutMs = 10_000) {
  for (const end = Date.now() + timeoutMs; ;) {
    const result = await read();
    if (isExpected(result) || Date.now() > end) return result;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Times of the run itself differ between runs; those that a scenario sets do not. */
export const timestampOf = (milliseconds) =>
  Math.abs(Number(milliseconds) - Date.now()) < 600_000 ? 'now' : Number(milliseconds);

/** Long values are shown by their length. */
export const textOf = (bytes) => {
  if (bytes === null || bytes === undefined) return null;
  const text = Buffer.from(bytes).toString();
  return text.length > 200 ? `${text.length} bytes` : text;
};

/** The bytes of a key or value in a scenario: a text, nothing, or a number of bytes. */
export const bytesOf = (value) => {
  if (value === null || value === undefined) return value;
  return Buffer.from(typeof value === 'string' ? value : 'x'.repeat(value.bytes));
};

export const byPartitionAndOffset = (one, other) =>
  one.partition - other.partition || one.offset - other.offset;

const isMistake = (error) => [TypeError, ReferenceError, SyntaxError].some((kind) => error instanceof kind);

/** What members of a group have seen: a record that is in flight when a group rebalances is delivered twice. */
export const distinct = (seen) => {
  const lines = [...seen]
    .sort(byPartitionAndOffset)
    .map((each) => `${each.partition}/${each.offset} ${each.value}`);
  return [...new Set(lines)];
};

async function runStep(client, state, step) {
  const operation = client.operations[step.do];
  if (!operation) throw new Unsupported(`no operation ${step.do}`);
  const once = async () => {
    try {
      return (await operation(step, state)) ?? 'done';
    } catch (error) {
      // A mistake in an interpreter would look the same with any broker.
      if (isMistake(error) || error instanceof Unsupported) throw error;
      return { error: client.errorOf(error) };
    }
  };
  if (step.until === undefined) return once();
  const expected = JSON.stringify(step.until);
  return eventually(once, (result) => JSON.stringify(result) === expected);
}

async function runSteps(client, state, steps) {
  const results = [];
  for (const step of steps) results.push(await runStep(client, state, step));
  return results;
}

async function runScenario(client, port, scenario) {
  const prefix = `${client.name}.${scenario.name}.`;
  const steps = JSON.parse(JSON.stringify(scenario.steps).replaceAll('$', prefix));
  const state = client.open(port, prefix);
  let timer;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('the scenario did not end in time')), SCENARIO_TIMEOUT_MS);
  });
  try {
    const results = await Promise.race([runSteps(client, state, steps), timeout]);
    return { name: scenario.name, results: JSON.parse(JSON.stringify(results).replaceAll(prefix, '$')) };
  } catch (error) {
    if (error instanceof Unsupported) return { name: scenario.name, unsupported: error.message };
    return { name: scenario.name, failed: String(error.stack) };
  } finally {
    clearTimeout(timer);
    await Promise.race([client.close(state).catch(() => {}), new Promise((done) => setTimeout(done, 3_000))]);
  }
}

/** Runs all scenarios of a file against a broker, and exits: clients leave timers and sockets behind. */
export async function main(client) {
  const [file, port] = process.argv.slice(2);
  const waiting = JSON.parse(readFileSync(file, 'utf8'));
  const work = async () => {
    for (let scenario; (scenario = waiting.shift());) {
      const started = Date.now();
      const result = await runScenario(client, Number(port), scenario);
      console.log(JSON.stringify({ ...result, milliseconds: Date.now() - started }));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  process.exit(0);
}
