// `npm run bench [name…]`: runs bench/<name>.bench.ts, all without a name, and prints what each measured.
import './register-typescript.mjs';
import { readdirSync } from 'node:fs';

const all = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));
const names = process.argv.slice(2).length ? process.argv.slice(2) : all;
const unknown = names.find((name) => !all.includes(name));
if (unknown) {
  console.error(`no benchmark "${unknown}"; there are ${all.join(', ')}`);
  process.exit(2);
}

for (const name of names) {
  const { default: measure } = await import(`./${name}.bench.ts`);
  console.log(`\n${name}`);
  for (const measurement of await measure()) console.log(`  ${lineOf(measurement)}`);
}
process.exit(0);

function lineOf({ what, value, bound, atLeast, wanted }) {
  const verdicts = [
    bound !== undefined && `bound ${bound}: ${value <= bound ? 'held' : 'BROKEN'}`,
    atLeast !== undefined && `at least ${atLeast}: ${value >= atLeast ? 'held' : 'BROKEN'}`,
    wanted !== undefined && `wanted ${wanted}`,
  ].filter(Boolean);
  const figure = String(Math.round(value * 100) / 100).padStart(9);
  return `${what.padEnd(64)} ${figure}${verdicts.length ? `  (${verdicts.join(', ')})` : ''}`;
}
