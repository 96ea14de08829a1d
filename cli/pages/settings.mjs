import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { bundled } from './bundled.mjs';
import { markdownTable } from './markdown-table.mjs';

const root = join(import.meta.dirname, '../..');

/** docs/settings.md, from the settings that the built services of the shop report. */
export async function settingsPage() {
  const { services } = parse(readFileSync(join(root, 'msx.yaml'), 'utf8'));
  const reports = await Promise.all(Object.values(services).map(({ path }) => settingsOf(join(root, path))));
  const { variables, marks } = await bundled(`
    import { MSX_INTERNAL_VARIABLES, MSX_VARIABLES } from './model/system/msx-variables.ts';
    export default { variables: MSX_VARIABLES, marks: MSX_INTERNAL_VARIABLES };`);
  const settings = settingsByName(reports);
  const own = settings.filter(({ usedBy }) => usedBy === 'this service');
  const everywhere = settings.filter(({ usedBy }) => usedBy !== 'this service');
  return [
    INTRODUCTION,
    '## Settings of every service',
    'Every service accepts all of these. The column "Used by" says where they matter.',
    markdownTable(['Setting', 'Type', 'Default', 'Used by', 'Purpose'], everywhere.map(runtimeRow)),
    ...ownSections(own),
    NAMED_AFTER_SERVICES,
    '## Settings of msx',
    'Environment variables that `msx` itself reads.',
    markdownTable(
      ['Variable', 'Type', 'Default', 'Read by', 'Purpose'],
      Object.entries(variables).map(msxRow),
    ),
    'msx sets these for the processes that it starts. Do not set them yourself:',
    Object.entries(marks)
      .map(([name, purpose]) => `- \`${name}\` ${purpose}.`)
      .join('\n'),
  ].join('\n\n');
}

const INTRODUCTION = `# Settings

A setting is an environment variable, a file that a variable names, or a line in a file of the service:

1. The environment variable itself: \`QUERY_MAX_DEPTH=20\`.
2. \`<NAME>_FILE\`, the path of a file with the value, as secrets are mounted into containers: \`KAFKA_PASSWORD_FILE\`.
3. \`config/<NODE_ENV>.yaml\` in the folder of the service, in camelCase, nested in any way:
   \`query: { maxDepth: 20 }\`. Secrets are refused there.

The first one that is set wins; an empty value counts as not set. A service checks all of its settings when it starts, and
reports every mistake at once. [\`msx config check\`](commands/config.md) does the same without starting anything, and
\`--variables\` shows where each value comes from.

This page is generated from what the services of the shop report about themselves (\`msx config check --json\`). For a
service of your own, \`msx config check SERVICE --variables\` has the list.`;

const NAMED_AFTER_SERVICES = `## Settings named after a service

\`<SERVICE>\` is the name of a service in capitals with underscores: \`USER_SERVICE\`.

| Variable | Read by | Purpose |
| --- | --- | --- |
| \`<SERVICE>_URL\` | services that call that service | \`host:port\` of that service, or several of them, separated by commas |
| \`<SERVICE>_DATABASE_URL\` | \`msx dev\`, \`msx db\`, \`msx config check\` | \`DATABASE_URL\` for that service alone |
| \`<SERVICE>_PORT\` | \`msx docker\`, docker compose | port of this machine that the container is published at; also \`KAFKA_PORT\`, \`ZOOKEEPER_PORT\`, \`POSTGRES_PORT\` |`;

/** The report of `config check --json` of a built service; problems in it are ignored. */
async function settingsOf(folder) {
  const args = ['dist/main.js', 'config', 'check', '--json'];
  const run = promisify(execFile)(process.execPath, args, { cwd: folder, env: {}, timeout: 60_000 });
  const { stdout } = await run.catch((error) => error);
  const reports = (stdout ?? '').split('\n').filter((line) => line.includes('"variables"'));
  if (reports.length === 0) throw new Error(`${folder} did not report its settings: run npm run build`);
  return JSON.parse(reports.at(-1));
}

/** Each setting once, with the services that have it. */
function settingsByName(reports) {
  const byName = new Map();
  for (const { service, variables } of reports)
    for (const setting of variables) {
      const { services = [] } = byName.get(setting.name) ?? {};
      byName.set(setting.name, { ...setting, services: [...services, service] });
    }
  return [...byName.values()];
}

const ownSections = (own) =>
  [...new Set(own.map(({ services }) => services.join(', ')))].flatMap((services) => [
    `## Settings of ${services}`,
    `In addition to those of every service. A service defines its own settings with \`defineSettings\`.`,
    markdownTable(
      ['Setting', 'Type', 'Default', 'Purpose'],
      own.filter((one) => one.services.join(', ') === services).map(ownRow),
    ),
  ]);

const runtimeRow = ({ name, expects, default: declared, usedBy, purpose, services }) => [
  code(name),
  expects,
  defaultOf(declared),
  usedBy === 'services that call others' ? `${usedBy}: ${services.join(', ')}` : usedBy,
  purpose,
];
const ownRow = ({ name, expects, default: declared, purpose }) => [
  code(name),
  expects,
  defaultOf(declared),
  purpose,
];
const msxRow = ([name, { expects, default: declared, readBy, purpose }]) => [
  code(name),
  expects,
  defaultOf(declared),
  readBy,
  purpose,
];

function defaultOf(declared) {
  if (declared === undefined) return '';
  if (typeof declared === 'string') return valueOrWords(declared);
  return `${code(declared.production)} in production, ${code(declared.elsewhere)} elsewhere`;
}

/** Literal values are shown as code. */
const valueOrWords = (text) => (/\s(?!\+)|'/.test(text) ? text : code(text));
const code = (text) => `\`${text}\``;
