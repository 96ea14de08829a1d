import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { gitIn } from '../cli/src/code/git/git.fixture.js';
import { median, type Measurement } from './measure.js';

/** One figure of one run. */
export interface Result extends Conditions {
  bench: string;
  what: string;
  value: number;
}

/** What a figure was measured with. */
export interface Conditions {
  machine: string;
  /** Major version. */
  node: number;
  commit: string;
  /** Day of the run, as in 2026-01-31. */
  date: string;
}

/** How many results of a figure are kept for each machine and version of Node. */
const KEPT = 3;
/** A figure that is worse than the median of its last results by this factor has moved. */
const MOVED = 1.15;

const file = `${import.meta.dirname}/results.jsonl`;

/** The results that are kept, the oldest first. */
export const keptResults = (): Result[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map(parsed) : [];

export const keepResults = (results: readonly Result[]): void =>
  writeFileSync(file, results.map((result) => `${JSON.stringify(result)}\n`).join(''));

export function conditions(): Conditions {
  const git = (...args: string[]) => gitIn(import.meta.dirname, ...args);
  const changed = git('status', '--porcelain', '--', '..', ':!results.jsonl') ? '+' : '';
  return {
    machine: `${cpus()[0]!.model.trim()}, ${cpus().length} cores`,
    node: Number(process.versions.node.split('.')[0]),
    commit: git('rev-parse', '--short', 'HEAD').trim() + changed,
    date: new Date().toISOString().slice(0, 10),
  };
}

/** The last results of a figure that were measured on the same machine with the same version of Node. */
export const earlierOf = (results: readonly Result[], result: Result): Result[] =>
  results.filter((each) => isSameFigure(each, result)).slice(-KEPT);

/** The results, and a further one in the place of the oldest of its figure. */
export function withResult(results: readonly Result[], result: Result): Result[] {
  const kept = new Set(earlierOf(results, result).slice(1 - KEPT));
  return [...results.filter((each) => !isSameFigure(each, result) || kept.has(each)), result];
}

/** Whether a figure with a bound is worse than it was: further towards that bound, on the median. */
export function hasMoved({ value, bound, atLeast }: Measurement, earlier: readonly number[]): boolean {
  if (earlier.length === 0) return false;
  const usual = median([...earlier]);
  if (bound !== undefined) return value > usual * MOVED;
  return atLeast !== undefined && value * MOVED < usual;
}

const isSameFigure = (a: Result, b: Result): boolean =>
  a.bench === b.bench && a.what === b.what && a.machine === b.machine && a.node === b.node;

const parsed = (line: string): Result => JSON.parse(line) as Result;
