import { expect, it } from '@jest/globals';
import { compareSchemas } from './compare-schemas.js';

const changes = async (before: string, after: string) =>
  (await compareSchemas({ name: 'before', text: before }, { name: 'after', text: after })).map(
    ({ level, path }) => [level, path],
  );

it('reports where directives are applied, and definitions that clients may apply', async () => {
  const schema = 'type Query { a: Int }';
  const tagged = 'directive @tag(name: String!) on FIELD_DEFINITION type Query { a: Int @tag(name: "x") }';
  expect(await changes(schema, tagged)).toContainEqual(['dangerous', 'Query.a.@tag']);
  expect(await changes(tagged, schema)).toContainEqual(['dangerous', 'Query.a.@tag']);
  expect((await changes(schema, tagged)).map(([, path]) => path)).not.toContain('@tag');
  expect(await changes(schema, `directive @stream on FIELD ${schema}`)).toContainEqual([
    'harmless',
    '@stream',
  ]);
});
