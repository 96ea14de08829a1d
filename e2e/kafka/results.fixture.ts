import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Result {
  readonly client: string;
  readonly version?: string;
  readonly passed: number;
  readonly total: number;
}

const file = join(import.meta.dirname, 'results.json');

/** Replaces the results of a suite in `results.json`, which the compatibility table of the broker's README is made from. */
export function recordResults(suite: string, results: readonly Result[]): void {
  if (process.env.KAFKA_RESULTS === undefined) return;
  const before = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as (Result & { readonly suite: string })[])
    : [];
  const others = before.filter((each) => each.suite !== suite);
  const all = [...others, ...results.map((result) => ({ suite, ...result }))];
  all.sort((one, other) => `${one.suite} ${one.client}`.localeCompare(`${other.suite} ${other.client}`));
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
}
