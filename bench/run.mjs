// `npm run bench [name…]`: runs bench/<name>.bench.ts (default: all), prints each measurement as soon as it is made, with the
// last results before it, and keeps these in results.jsonl.
import './register-typescript.mjs';
import { readdirSync } from 'node:fs';

const all = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));
const names = process.argv.slice(2).length ? process.argv.slice(2) : all;
const unknown = names.find((name) => !all.includes(name));
if (unknown) {
  console.error(`there is no benchmark "${unknown}"; choose from: ${all.join(', ')}`);
  process.exit(2);
}

const { conditions, earlierOf, hasMoved, keepResults, keptResults, withResult } =
  await import('./results.ts');
const now = conditions();

for (const name of names) {
  const { default: measure } = await import(`./${name}.bench.ts`);
  console.log(`\n${name}`);
  for await (const measurement of await measure()) {
    const result = { bench: name, what: measurement.what, value: rounded(measurement.value), ...now };
    const results = keptResults();
    console.log(`  ${lineOf(measurement, earlierOf(results, result))}`);
    keepResults(withResult(results, result));
  }
}
process.exit(0);

function lineOf(measurement, earlier) {
  const { what, value, bound, atLeast, target } = measurement;
  const before = earlier.map((result) => result.value);
  const notes = [
    bound !== undefined && `at most ${rounded(bound)}: ${value <= bound ? 'met' : 'MISSED'}`,
    atLeast !== undefined && `at least ${rounded(atLeast)}: ${value >= atLeast ? 'met' : 'MISSED'}`,
    target !== undefined && `target ${target}`,
    before.length > 0 && `before: ${before.join(', ')}`,
    hasMoved(measurement, before) && 'MOVED',
  ].filter(Boolean);
  const figure = String(rounded(value)).padStart(9);
  return `${what.padEnd(64)} ${figure}${notes.length ? `  (${notes.join('; ')})` : ''}`;
}

function rounded(value) {
  return Math.round(value * 100) / 100;
}
