import { stringify } from 'yaml';
import { bundled } from './bundled.mjs';
import { markdownTable } from './markdown-table.mjs';

/** docs/msx-yaml.md, from the model. */
export async function msxYamlPage() {
  const { model, examples } = await bundled(`
    import { MODEL_EXAMPLES as examples } from './model/system/model-examples.ts';
    import { model } from './model/system/model.ts';
    export default { model, examples };`);
  const sections = Object.entries(model.properties).flatMap(([key, shape]) =>
    section({ key, shape, required: model.required.includes(key), example: examples[key] }),
  );
  return [INTRODUCTION, ...sections].join('\n\n');
}

const INTRODUCTION = `# msx.yaml

\`msx.yaml\` is the model of a system: its services, ports, contracts and topics. Everything else is derived from it: the
processes that \`msx dev start\` runs, the environment of each service, Dockerfiles, compose files and Kubernetes manifests.

- It is YAML 1.2, in UTF-8. Merge keys (\`<<\`) are not supported.
- An unknown key is an error, reported with its line, its column and the key that you may have meant.
- \`msx.schema.json\` in the package \`@msx/cli\` is the JSON Schema, for completion in editors:
  \`# yaml-language-server: $schema=./node_modules/@msx/cli/msx.schema.json\`
- After a change, \`msx dev start\` restarts what it affects, and \`msx render\` writes the derived files again.

This page is generated from the model that msx validates files with. Every example is valid.`;

/** One key of msx.yaml: its description, a complete example, and a row for each key within. */
function section({ key, shape, required, example }) {
  const rows = rowsOf(shape, '');
  return [
    `## ${key}`,
    [shape.description, required ? 'Required.' : ''].filter(Boolean).join(' '),
    rows.length > 0 ? '' : `Its value is ${typeOf(shape)}.`,
    `\`\`\`yaml\n${stringify({ [key]: example }).trim()}\n\`\`\``,
    rows.length > 0 ? table(rows) : '',
  ].filter(Boolean);
}

/** The rows of all keys within a shape, each with its path. */
function rowsOf(shape, path) {
  if (shape.type === 'map') {
    const name = `${path}<name>`;
    return [[`\`${name}\``, shape.expected, '', ''], ...rowsOf(shape.of, `${name}.`)];
  }
  if (shape.type !== 'object') return [];
  return Object.entries(shape.properties).flatMap(([key, inner]) => [
    keyRow(`${path}${key}`, inner, shape.required.includes(key)),
    ...rowsOf(inner, `${path}${key}.`),
  ]);
}

const keyRow = (name, shape, required) => [
  `\`${name}\``,
  typeOf(shape),
  required ? 'required' : defaultOf(shape),
  shape.description ?? '',
];

const defaultOf = ({ default: value }) => (value === undefined ? '' : `\`${value}\``);

function typeOf(shape) {
  switch (shape.type) {
    case 'string':
      return shape.expected ?? 'text';
    case 'integer':
      return `a whole number from ${shape.minimum} to ${shape.maximum}`;
    case 'choice':
      return shape.of.map((value) => `\`${value}\``).join(', ');
    case 'list':
      return `a list: ${typeOf(shape.of)}`;
    default:
      return 'a mapping';
  }
}

const table = (rows) => markdownTable(['Key', 'Value', 'Default', 'Description'], rows);
