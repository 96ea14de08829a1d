/**
 * Writes what is made from the sources and committed: docs/commands, from what the commands say of themselves,
 * and msx.schema.json. With --check it only tells what it would change. Run it after changing a command or the
 * model: node cli/generate.mjs
 */
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { format } from 'prettier';
import { buildIfStale } from './build.mjs';

const here = import.meta.dirname;
const docs = join(here, '../docs/commands');
const read = (file) => JSON.parse(readFileSync(join(here, file), 'utf8'));

/** docs/commands, by absolute path. */
function pages() {
  const { topics } = read('package.json').oclif;
  const commands = Object.values(read('oclif.manifest.json').commands)
    .filter(({ hidden }) => !hidden)
    .sort((a, b) => a.id.localeCompare(b.id));
  const groups = [...new Set(commands.map(groupOf))].map((group) => {
    const members = commands.filter((command) => groupOf(command) === group);
    return [join(docs, `${group}.md`), page(group, members, topics[group])];
  });
  return new Map([[join(docs, 'README.md'), index(commands)], ...groups]);
}

const index = (commands) => `# Commands

All commands take \`--json\`: what they answer, and what went wrong, as JSON. The errors are in [errors.md](../errors.md).

${commands.map((command) => `- [\`msx ${spaced(command.id)}\`](${pageOf(command)}): ${command.summary}`).join('\n')}
`;

const page = (group, commands, topic) => `# msx ${group}
${commands.length > 1 && topic ? `\n${topic.description}\n` : ''}
${commands.map(section).join('\n')}`;

const section = (command) =>
  [
    `## msx ${spaced(command.id)}`,
    command.summary,
    command.description,
    `\`\`\`sh\n${command.examples.map((example) => fill(example, command)).join('\n')}\n\`\`\``,
    options(command),
  ]
    .filter(Boolean)
    .join('\n\n') + '\n';

function options({ args, flags }) {
  const rows = [
    ...Object.values(args).map((arg) => [arg.multiple ? `${arg.name}…` : arg.name, arg]),
    ...Object.values(flags)
      .filter(({ name, hidden }) => name !== 'json' && !hidden)
      .map((flag) => [nameOf(flag), flag]),
  ];
  if (rows.length === 0) return '';
  const cells = rows.map(([name, { description, default: value }]) => {
    const standard = value === undefined || value === false ? '' : ` (default: ${value})`;
    return `| \`${name}\` | ${escaped(description ?? '')}${standard} |`;
  });
  return ['| | |', '| --- | --- |', ...cells].join('\n');
}

function nameOf({ name, char, type, options, helpValue, allowNo }) {
  const value = type === 'option' ? ` ${options?.join('/') ?? helpValue ?? 'value'}` : '';
  return `${char ? `-${char}, ` : ''}--${allowNo ? '[no-]' : ''}${name}${value}`;
}

const groupOf = ({ id }) => id.split(':')[0];
const spaced = (id) => id.replaceAll(':', ' ');
const escaped = (text) => text.replaceAll('|', '\\|');
const pageOf = (command) => `${groupOf(command)}.md#msx-${command.id.replaceAll(':', '-')}`;
const fill = (example, { id }) =>
  example.replaceAll('<%= config.bin %>', 'msx').replaceAll('<%= command.id %>', spaced(id));

/** The JSON Schema of msx.yaml, by absolute path. */
async function schema() {
  const contents = `
    import { jsonSchema } from './src/system/json-schema.ts';
    import { model } from './src/system/model.ts';
    export default jsonSchema(model);`;
  const options = { bundle: true, write: false, format: 'esm', platform: 'node' };
  const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: here } });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  const made = (await import(`data:text/javascript;base64,${code}`)).default;
  return [
    [join(here, 'msx.schema.json'), await format(JSON.stringify(made), { parser: 'json', printWidth: 110 })],
  ];
}

await buildIfStale();
const wanted = new Map([...pages(), ...(await schema())]);
const there = readdirSync(docs).map((name) => join(docs, name));
const differing = [...new Set([...wanted.keys(), ...there])].filter(
  (file) => !existsSync(file) || readFileSync(file, 'utf8') !== wanted.get(file),
);
if (process.argv.includes('--check')) {
  if (differing.length > 0) console.log(`out of date: ${differing.join(', ')}; run node cli/generate.mjs`);
  process.exitCode = differing.length > 0 ? 1 : 0;
} else
  for (const file of differing)
    if (wanted.has(file)) writeFileSync(file, wanted.get(file));
    else rmSync(file);
