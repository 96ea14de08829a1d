import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { kafkaLibraries } from '../infra.fixture.js';
import { allScenarios } from './scenarios/all-scenarios.fixture.js';

const folder = import.meta.dirname;

/** What a client saw in a scenario: a result for each step, or why it has none. */
export interface Outcome {
  readonly name: string;
  readonly results?: readonly unknown[];
  /** The client cannot do this, whatever the broker. */
  readonly unsupported?: string;
  /** The program that runs the scenarios made a mistake, or was too slow. */
  readonly failed?: string;
}

export const clientNames = ['java', 'kafkajs', 'platformatic'] as const;
export type ClientName = (typeof clientNames)[number];
export type Outcomes = Readonly<Record<ClientName, ReadonlyMap<string, Outcome>>>;

const COMPILE_TIMEOUT_MS = 120_000;
const RUN_TIMEOUT_MS = 300_000;

/** Runs scenarios with all clients against a broker. */
export class Clients {
  private readonly work = mkdtempSync(join(tmpdir(), 'differential-'));
  private readonly scenarios = join(this.work, 'scenarios.json');

  constructor() {
    const sources = readdirSync(join(folder, 'java')).map((file) => join(folder, 'java', file));
    const args = ['-nowarn', '-cp', `${kafkaLibraries('4')}/*`, '-d', this.work, ...sources];
    execFileSync('javac', args, { stdio: 'pipe', timeout: COMPILE_TIMEOUT_MS });
  }

  /** The outcomes of all scenarios, or of those named, in a broker without topics of an earlier run. */
  async outcomes(port: number, only?: ReadonlySet<string>): Promise<Outcomes> {
    const chosen = allScenarios.filter(({ name }) => !only || only.has(name));
    writeFileSync(this.scenarios, JSON.stringify(chosen));
    const [java, kafkajs, platformatic] = await Promise.all([
      this.run('java', [...this.javaArguments(), 'Scenarios', this.scenarios, String(port)]),
      this.run(process.execPath, [join(folder, 'kafkajs.mjs'), this.scenarios, String(port)]),
      this.run(process.execPath, [
        join(folder, 'platformatic/platformatic.mjs'),
        this.scenarios,
        String(port),
      ]),
    ]);
    return { java, kafkajs, platformatic };
  }

  private javaArguments(): string[] {
    const memory = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
    const log = '-Dorg.slf4j.simpleLogger.defaultLogLevel=off';
    return [...memory, log, '-cp', `${this.work}:${kafkaLibraries('4')}/*`];
  }

  private async run(program: string, args: readonly string[]): Promise<ReadonlyMap<string, Outcome>> {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', process.env.KAFKA_VERBOSE ? 'inherit' : 'ignore'],
      timeout: RUN_TIMEOUT_MS,
    });
    const exit = once(child, 'exit');
    const outcomes = new Map<string, Outcome>();
    for await (const line of createInterface(child.stdout)) {
      const outcome = JSON.parse(line) as Outcome;
      outcomes.set(outcome.name, outcome);
    }
    const [code] = await exit;
    if (code !== 0) throw new Error(`${program} ${args.at(-3)} exited with ${code}`);
    return outcomes;
  }
}
