// `npm run bench [name…]`: runs bench/<name>.bench.ts (default: all), and prints the measurements.
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

for (const name of names) {
  const { default: measure } = await import(`./${name}.bench.ts`);
  console.log(`\n${name}`);
  for (const measurement of await measure()) console.log(`  ${lineOf(measurement)}`);
}
process.exit(0);

function lineOf({ what, value, bound, atLeast, target }) {
  const verdicts = [
    bound !== undefined && `at most ${bound}: ${value <= bound ? 'met' : 'MISSED'}`,
    atLeast !== undefined && `at least ${atLeast}: ${value >= atLeast ? 'met' : 'MISSED'}`,
    target !== undefined && `target ${target}`,
  ].filter(Boolean);
  const figure = String(Math.round(value * 100) / 100).padStart(9);
  return `${what.padEnd(64)} ${figure}${verdicts.length ? `  (${verdicts.join(', ')})` : ''}`;
}
