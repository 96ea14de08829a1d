import { execFile, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

export interface Measurement {
  what: string;
  value: number;
  /** The value must not be above this. */
  bound?: number;
  /** The value must not be below this. */
  atLeast?: number;
  /** A goal beyond the bound; missing it is not a failure. */
  target?: number;
}

export const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** The value that `percent` of the values are not above. */
export const percentile = (values: readonly number[], percent: number) =>
  [...values].sort((a, b) => a - b)[Math.ceil((values.length * percent) / 100) - 1]!;

/** The duration of `work` in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The duration of a program in milliseconds. Throws if it fails. */
export const timeOf = (program: string, args: string[], cwd: string): Promise<number> =>
  timed(() => promisify(execFile)(program, args, { cwd }));

/** The duration of a Node process that does nothing, in milliseconds: the unit of what takes a few processes. */
export const timeOfNode = (): Promise<number> => timeOf(process.execPath, ['-e', '0'], '/');

/** The shell counts CPU time in steps of 10 ms, so one figure is the average of several runs. */
const RUNS = 10;

/** The CPU milliseconds, user and system, of a Node process with these arguments, including its children. */
export async function cpuOf(args: string[], cwd: string): Promise<number> {
  const script = `for run in $(seq ${RUNS}); do "$0" "$@" >/dev/null 2>&1; done; times`;
  const child = spawn('/bin/sh', ['-c', script, process.execPath, ...args], { cwd });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  await new Promise((done) => child.on('close', done));
  const [user, system] = out.trim().split('\n').at(-1)!.split(/\s+/);
  return (milliseconds(user!) + milliseconds(system!)) / RUNS;
}

/** The milliseconds of a shell duration such as `0m1.234s`. */
export const milliseconds = (text: string) => {
  const [minutes, seconds] = text.replace('s', '').split('m');
  return (Number(minutes) * 60 + Number(seconds)) * 1000;
};

/** The resident memory of a process in megabytes. */
export const residentMegabytes = (pid: number) =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;

const TICKS_PER_SECOND = 100;

/** The CPU milliseconds, user and system, that a process has used so far (proc(5)). */
export function cpuMilliseconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

/** How often the threads of a process have waited for something so far: each wait ends with a wake-up. */
export function wakeUps(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8'),
  );
  return threads.reduce(
    (sum, status) => sum + Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)![1]),
    0,
  );
}

/** Runs the candidates in a new random order each round, and returns the median of each. */
export async function compare<Name extends string>(
  candidates: Record<Name, () => Promise<number>>,
  rounds: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(candidates) as Name[];
  const seen = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round++)
    for (const name of [...names].sort(() => Math.random() - 0.5)) seen[name].push(await candidates[name]());
  return Object.fromEntries(names.map((name) => [name, median(seen[name])])) as Record<Name, number>;
}
