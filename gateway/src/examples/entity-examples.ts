import type { Example } from './example.js';

/** An argument of the mutation that creates an entity. */
export interface ExampleField {
  readonly name: string;
  /** In GraphQL syntax: `String!`. */
  readonly type: string;
  readonly value: unknown;
}

/** The tabs to create, list, get, update and delete an entity. `one` and `many` are the names of its queries. */
export function entityExamples(one: string, many: string, fields: readonly ExampleField[]): Example[] {
  const id = `{{create${capital(one)}.id}}`;
  const shown = `{\n    ${['id', ...fields.map(({ name }) => name), 'createdAt', 'updatedAt'].join('\n    ')}\n  }`;
  const changed = fields.slice(0, 1).map((field) => ({ ...field, type: field.type.replace('!', '') }));
  const identified = { name: 'id', type: 'ID!', value: id };
  return [
    operation('mutation', `create${capital(one)}`, { fields, shown }),
    { query: `query ${capital(many)} {\n  ${many}(page: 1, limit: 10) ${shown}\n}` },
    operation('query', one, { fields: [identified], shown }),
    operation('mutation', `update${capital(one)}`, { fields: [identified, ...changed], shown }),
    operation('mutation', `delete${capital(one)}`, { fields: [identified], shown: '{\n    id\n  }' }),
  ];
}

function operation(
  kind: 'mutation' | 'query',
  name: string,
  { fields, shown }: { fields: readonly ExampleField[]; shown: string },
): Example {
  const declared = onLines(fields.map((field) => `$${field.name}: ${field.type}`));
  const passed = onLines(fields.map((field) => `${field.name}: $${field.name}`)).replaceAll('\n', '\n  ');
  return {
    query: `${kind} ${capital(name)}(${declared}) {\n  ${name}(${passed}) ${shown}\n}`,
    variables: Object.fromEntries(fields.map((field) => [field.name, field.value])),
  };
}

/** Several parts on a line each, to fit a narrow editor. */
const onLines = (parts: readonly string[]): string =>
  parts.length > 1 ? `\n  ${parts.join('\n  ')}\n` : parts.join('');

const capital = (name: string): string => name[0]!.toUpperCase() + name.slice(1);
