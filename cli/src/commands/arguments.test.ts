import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync, fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import * as fc from 'fast-check';
import { once } from 'node:events';
import { mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ShopCopy } from '../shop-copy.fixture.js';
import { anyLine, fixedLines } from './command-lines.fixture.js';

/** Number of random command lines; FUZZ_RUNS overrides it. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 100);
/** The same lines on every run; FUZZ_SEED generates others. */
const seed = Number(process.env.FUZZ_SEED ?? 1);
const TIMEOUT_MS = 20_000;
const PROCESSES = 8;

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly crash?: string;
}

let shop: ShopCopy;
let environment: NodeJS.ProcessEnv;

beforeAll(() => {
  shop = new ShopCopy();
  // Nothing listens on these ports, so every connection is refused at once.
  let port = 10;
  shop.edit('msx.yaml', (text) => text.replace(/port: \d+/g, () => `port: ${port++}`));
  environment = harmlessEnvironment();
});
afterAll(() => shop.remove());

/** Without the programs that could reach a cluster or an engine. */
function harmlessEnvironment(): NodeJS.ProcessEnv {
  const bin = join(shop.root, '.msx/bin');
  mkdirSync(bin, { recursive: true });
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  symlinkSync(git, join(bin, 'git'));
  symlinkSync(process.execPath, join(bin, 'node'));
  return { PATH: bin, HOME: join(shop.root, '.msx'), DOCKER_HOST: 'unix:///no/such/socket', TERM: 'dumb' };
}

/** The files that a run must not change: all but those of msx itself and generated ones. */
function tree(folder = shop.root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['.msx', 'node_modules', 'gen', 'dist'].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? [path, ...tree(path)] : [`${path} ${statSync(path).mtimeMs}`];
  });
}

/** Runs the commands of one topic in one process. */
async function runInOneProcess(lines: string[][], check: (line: string[], outcome: Outcome) => void) {
  const script = fileURLToPath(new URL('run-lines.fixture.mjs', import.meta.url));
  const child = fork(script, {
    cwd: shop.root,
    env: environment,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    for (const line of lines) check(line, await answerOf(child, line));
  } finally {
    child.kill('SIGKILL');
  }
}

async function answerOf(child: ChildProcess, line: string[]): Promise<Outcome> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`the process ended with ${code} at ${shown(line)}`);
  });
  ended.catch(() => undefined);
  child.send(line);
  const [answer] = (await Promise.race([once(child, 'message', { signal }), ended])) as [Outcome];
  return answer;
}

const shown = (line: string[]) => JSON.stringify(line.map((word) => word.slice(0, 80)));

/** What is wrong with the outcome of a command line. */
function faultsOf({ exitCode, stderr, crash }: Outcome): string[] {
  const [code] = /(?<=^error )[A-Z_]+/m.exec(stderr) ?? [];
  const faults: Record<string, unknown> = {
    [`it crashed: ${crash}`]: crash,
    'it is reported as a bug in msx': code === 'INTERNAL',
    'it shows a stack': /^\s+at .+:\d+:\d+\)?$/m.test(stderr),
    [`it exits with ${exitCode}`]: ![0, 1, 2].includes(exitCode),
    'it fails without an error': exitCode !== 0 && !code,
    'it refuses without advice': exitCode === 2 && !/^→ /m.test(stderr),
    // eslint-disable-next-line no-control-regex
    'it prints control characters': /(?![\n\t])[\u0000-\u001f\u007f-\u009f]/.test(stderr),
  };
  return Object.keys(faults).filter((fault) => faults[fault]);
}

async function expectAnswers(lines: string[][]): Promise<void> {
  const before = tree();
  const faults: string[] = [];
  const check = (line: string[], outcome: Outcome) => {
    const found = faultsOf(outcome);
    if (found.length > 0) faults.push(`${shown(line)}: ${found.join(', ')}\n${outcome.stderr.slice(0, 500)}`);
  };
  for (const topic of new Set(lines.map(([first]) => first)))
    await runInOneProcess(
      lines.filter(([first]) => first === topic),
      check,
    );
  expect(faults).toEqual([]);
  expect(tree()).toEqual(before);
}

describe('every command rejects invalid input with a helpful error, and changes nothing', () => {
  it('for values that are wrong in all known ways', () => expectAnswers(fixedLines()), 300_000);

  it(
    'for any text',
    () => expectAnswers(fc.sample(anyLine, { numRuns: RUNS, seed })),
    300_000 + RUNS * 1_000,
  );

  it('also when run as a separate process', async () => {
    for (const line of fc.sample(anyLine, { numRuns: PROCESSES, seed: seed + 1 })) {
      const { exitCode, stdout, stderr } = await shop.msx(line, environment);
      const faults = faultsOf({ exitCode: exitCode!, stdout, stderr });
      expect({ line, stderr, faults }).toMatchObject({ faults: [] });
    }
  });
});
