// `npm run bench [name…]`: runs bench/<name>.bench.ts, all without a name, and prints what each measured.
import { readdirSync } from 'node:fs';
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);

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
  for (const { what, value, bound } of await measure()) {
    const verdict = bound === undefined ? '' : `  (bound ${bound}: ${value <= bound ? 'held' : 'BROKEN'})`;
    console.log(`  ${what.padEnd(64)} ${String(Math.round(value * 100) / 100).padStart(9)}${verdict}`);
  }
}
process.exit(0);
