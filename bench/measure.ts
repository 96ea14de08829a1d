import { execFileSync, spawn } from 'node:child_process';

export interface Measurement {
  what: string;
  value: number;
  /** The value must not be above this. */
  bound?: number;
  /** The value must not be below this. */
  atLeast?: number;
  /** What we would like it to be, beyond what it must be. */
  wanted?: number;
}

export const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The shell counts CPU in steps of 10 ms, so that one number stands for several runs. */
const RUNS = 10;

/** CPU milliseconds, user and system, that a Node process with these arguments uses, its children's included. */
export async function cpuOf(args: string[], cwd: string): Promise<number> {
  const script = `for run in $(seq ${RUNS}); do "$0" "$@" >/dev/null 2>&1; done; times`;
  const child = spawn('/bin/sh', ['-c', script, process.execPath, ...args], { cwd });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  await new Promise((done) => child.on('close', done));
  const [user, system] = out.trim().split('\n').at(-1)!.split(/\s+/);
  return (milliseconds(user!) + milliseconds(system!)) / RUNS;
}

/** The shell's `0m1.234s` in milliseconds. */
export const milliseconds = (text: string) => {
  const [minutes, seconds] = text.replace('s', '').split('m');
  return (Number(minutes) * 60 + Number(seconds)) * 1000;
};

/** Resident megabytes of a process. */
export const residentMegabytes = (pid: number) =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;

/** Runs the candidates in turn, in a new random order each round, and answers each one's median. */
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
