/**
 * Writes docs/commands from what the commands say of themselves; with --check, only tells whether it would
 * change anything. Run after adding or changing a command: node cli/command-docs.mjs
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale } from './build.mjs';

const folder = join(import.meta.dirname, '../docs/commands');
const read = (file) => JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'));

function pages() {
  const { topics } = read('package.json').oclif;
  const commands = Object.values(read('oclif.manifest.json').commands)
    .filter(({ hidden }) => !hidden)
    .sort((a, b) => a.id.localeCompare(b.id));
  const groups = [...new Set(commands.map(groupOf))].map((group) => {
    const members = commands.filter((command) => groupOf(command) === group);
    return [`${group}.md`, page(group, members, topics[group])];
  });
  return new Map([['README.md', index(commands)], ...groups]);
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
    const standard = value === undefined || value === false ? '' : ` (default ${value})`;
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

await buildIfStale();
const wanted = pages();
mkdirSync(folder, { recursive: true });
const there = readdirSync(folder).filter((name) => name.endsWith('.md'));
const differing = [...new Set([...wanted.keys(), ...there])].filter((name) => {
  const file = join(folder, name);
  return !existsSync(file) || readFileSync(file, 'utf8') !== wanted.get(name);
});
if (process.argv.includes('--check')) {
  if (differing.length > 0)
    console.log(`out of date: ${differing.join(', ')}; run node cli/command-docs.mjs`);
  process.exitCode = differing.length > 0 ? 1 : 0;
} else
  for (const name of differing)
    if (wanted.has(name)) writeFileSync(join(folder, name), wanted.get(name));
    else rmSync(join(folder, name));
