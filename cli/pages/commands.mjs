import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '..');
const docs = join(cli, '../docs/commands');
const read = (file) => JSON.parse(readFileSync(join(cli, file), 'utf8'));

/** The pages of docs/commands, by absolute path. */
export function commandPages() {
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

All commands accept \`--json\`, which prints the result, or the error, as JSON. Errors are listed in [errors.md](../errors.md).

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
    const defaultText = value === undefined || value === false ? '' : ` (default: ${value})`;
    return `| \`${name}\` | ${escaped(description ?? '')}${defaultText} |`;
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
