/**
 * Writes the generated files that are committed: docs/commands, from the definitions of the commands; docs/settings.md,
 * from the settings that the built services of the shop report; docs/msx-yaml.md and msx.schema.json, from the model. With
 * --check, it only lists the files that are out of date. Run it after changing a command, a setting or the model:
 * npm run generate -w @msx/cli
 */
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { buildIfStale } from './build.mjs';
import { bundled } from './pages/bundled.mjs';
import { commandPages } from './pages/commands.mjs';
import { msxYamlPage } from './pages/msx-yaml.mjs';
import { settingsPage } from './pages/settings.mjs';

const here = import.meta.dirname;
const docs = join(here, '../docs');

const formatted = (text, parser) => format(text, { parser, printWidth: 110, singleQuote: true });

/** The JSON Schema of msx.yaml. */
const schema = () =>
  bundled(`
    import { jsonSchema } from './model/system/json-schema.ts';
    import { model } from './model/system/model.ts';
    export default jsonSchema(model);`);

await buildIfStale();
const pages = new Map([
  ...commandPages(),
  [join(docs, 'settings.md'), await formatted(await settingsPage(), 'markdown')],
  [join(docs, 'msx-yaml.md'), await formatted(await msxYamlPage(), 'markdown')],
  [join(here, 'msx.schema.json'), await formatted(JSON.stringify(await schema()), 'json')],
]);
const existing = readdirSync(join(docs, 'commands')).map((name) => join(docs, 'commands', name));
const outdated = [...new Set([...pages.keys(), ...existing])].filter(
  (file) => !existsSync(file) || readFileSync(file, 'utf8') !== pages.get(file),
);
if (process.argv.includes('--check')) {
  if (outdated.length > 0)
    console.log(`out of date: ${outdated.join(', ')}; run npm run generate -w @msx/cli`);
  process.exitCode = outdated.length > 0 ? 1 : 0;
} else
  for (const file of outdated)
    if (pages.has(file)) writeFileSync(file, pages.get(file));
    else rmSync(file);
