import { describe, expect, it } from '@jest/globals';
import { applyEdits } from './apply-edits.js';
import type { Edit } from './edit.js';

/** Adds the edits twice, then removes them. */
async function roundTrip(text: string, ...edits: Edit[]) {
  const read = () => text;
  const added = await applyEdits(edits, read, 'add');
  const after = added.texts.get(edits[0]!.file) ?? text;
  const again = await applyEdits(edits, () => after, 'add');
  expect([...again.texts]).toEqual([]);
  const removed = await applyEdits(edits, () => after, 'remove');
  return { after, byHand: added.byHand, removed: removed.texts.get(edits[0]!.file) ?? after };
}

const module = `import { A } from './a.js';
import { C } from './c.js';

// The user's own words.
@Module({ imports: [X.forRoot({ list: [1] })], providers: [A, { provide: P, useClass: C }] })
export class AppModule {}
`;

describe('an edit', () => {
  it('adds to the list of a decorator, and a sorted import', async () => {
    const { after, removed } = await roundTrip(
      module,
      { kind: 'import', file: 'm.ts', from: './b.js', names: ['B'] },
      {
        kind: 'code',
        file: 'm.ts',
        where: { at: 'decorator-list', class: 'AppModule', decorator: 'Module', property: 'providers' },
        text: 'B',
      },
    );
    expect(after).toBe(
      module.replace("a.js';", "a.js';\nimport { B } from './b.js';").replace('C }]', 'C }, B]'),
    );
    expect(removed).toBe(module);
  });

  it('adds to lists, interfaces, classes and objects', async () => {
    const code = `export const all = make([one, two]);
export interface Loaders {
    readonly User: Loader;
}
export class Factory {
    constructor(readonly users: Users) {}

    create(): Loaders {
        return {
            User: this.users
        };
    }
}
`;
    const add = (where: Extract<Edit, { kind: 'code' }>['where'], text: string): Edit => ({
      kind: 'code',
      file: 'l.ts',
      where,
      text,
    });
    const { after, removed } = await roundTrip(
      code,
      add({ at: 'list', variable: 'all' }, 'three'),
      add({ at: 'interface', name: 'Loaders' }, 'readonly Pet: Loader;'),
      add({ at: 'class', name: 'Factory' }, '@Inject(PETS) private readonly pets!: Pets;'),
      add({ at: 'object', class: 'Factory', member: 'create' }, 'Pet: this.pets'),
    );
    for (const part of [
      '[one, two, three]',
      'readonly Pet: Loader;',
      '@Inject(PETS) private',
      'Pet: this.pets',
    ])
      expect(after).toContain(part);
    expect(removed.replace(/\s/g, '')).toBe(code.replace(/\s/g, ''));
  });

  it('keeps the layout and the comments of existing code', async () => {
    const code = `// Of the file.
import { Z } from 'z'; // why z

// Why a.
import { a } from './a.js'
const all = [
    one, // why one
    two, // why two
]
class Factory {
    // What is made.
    readonly made = 1; // so far

    // To end with.
    end() {}
}
`;
    const add = (where: Extract<Edit, { kind: 'code' }>['where'], text: string): Edit => ({
      kind: 'code',
      file: 'l.ts',
      where,
      text,
    });
    const { after, removed } = await roundTrip(
      code,
      { kind: 'import', file: 'l.ts', from: './0.js', names: ['T'], typeOnly: true },
      { kind: 'import', file: 'l.ts', from: 'z', names: ['Y', 'X'] },
      add({ at: 'list', variable: 'all' }, 'three'),
      add({ at: 'class', name: 'Factory' }, 'readonly more = 2;'),
      add({ at: 'methods', class: 'Factory' }, 'begin() {\n  return 3;\n}'),
    );
    expect(after).toBe(
      code
        .replace('{ Z }', '{ Z, Y, X }')
        .replace('// Why a.', "import type { T } from './0.js';\n// Why a.")
        .replace('// why two', '// why two\n    three,')
        .replace('// so far', '// so far\n    readonly more = 2;')
        .replace('end() {}', 'end() {}\n\n    begin() {\n      return 3;\n    }'),
    );
    expect(removed).toBe(code);
  });

  it.each([
    ['const all = [];', 'const all = [one];'],
    ['export const all = f([\n]);', 'export const all = f([one\n]);'],
  ])('adds to an empty list, and empties it again: %j', async (code, expected) => {
    const where = { at: 'list', variable: 'all' } as const;
    const { after, removed } = await roundTrip(code, { kind: 'code', file: 'l.ts', where, text: 'one' });
    expect(after).toBe(expected);
    expect(removed).toBe(code);
  });

  it('keeps an import that is still used, and handles a trailing comma', async () => {
    const code = "import { A } from './a.js';\nexport const all = [A,];\nexport const other = A;\n";
    const edits: Edit[] = [
      { kind: 'import', file: 'l.ts', from: './a.js', names: ['A'] },
      { kind: 'code', file: 'l.ts', where: { at: 'list', variable: 'all' }, text: 'A' },
    ];
    const { texts } = await applyEdits(edits, () => code, 'remove');
    expect(texts.get('l.ts')).toBe(code.replace('[A,]', '[]'));
  });

  it('does not change invalid TypeScript, and says what to add', async () => {
    const edit = { kind: 'import', file: 'm.ts', from: './b.js', names: ['B'] } as const;
    const { byHand } = await roundTrip('<<<<<<< yours\nlet a;\n', edit);
    expect(byHand).toEqual(["m.ts: add to the imports: { B } from './b.js'"]);
  });

  it('says what to do by hand when the place does not exist', async () => {
    const where = { at: 'interface', name: 'Nothing' } as const;
    const { byHand } = await roundTrip(module, { kind: 'code', file: 'm.ts', where, text: 'x: 1;' });
    expect(byHand).toEqual(['m.ts: add to interface Nothing: x: 1;']);
  });

  it('keeps the comments and the order of YAML', async () => {
    const yaml = `# The model.
topics:
  a: { message: x.A, partitions: 3 } # of old
services:
  one:
    path: services/one
    calls: [ two ]

  # the second
  two:
    path: services/two
`;
    const { after, removed } = await roundTrip(
      yaml,
      { kind: 'set', file: 'm.yaml', path: ['topics', 'b'], value: { message: 'x.B', partitions: 3 } },
      { kind: 'set', file: 'm.yaml', path: ['services', 'three'], value: { path: 'x', proto: ['x.proto'] } },
      { kind: 'item', file: 'm.yaml', path: ['services', 'one', 'calls'], value: 'three' },
      { kind: 'item', file: 'm.yaml', path: ['services', 'two', 'calls'], value: 'three' },
    );
    expect(after).toBe(
      yaml
        .replace('services:', '  b: { message: x.B, partitions: 3 }\nservices:')
        .replace('[ two ]', '[ two, three ]')
        .replace(
          'services/two\n',
          'services/two\n    calls: [ three ]\n\n  three:\n    path: x\n    proto: [ x.proto ]\n',
        ),
    );
    expect(removed).toBe(yaml);
  });

  it('keeps the order of JSON', async () => {
    const json = `${JSON.stringify({ packages: { '': {}, a: 1, c: 3 } }, null, 2)}\n`;
    const edit = { kind: 'set', file: 'p.json', path: ['packages', 'b'], value: 2 } as const;
    const { after, removed } = await roundTrip(json, edit);
    expect(Object.keys((JSON.parse(after) as { packages: object }).packages)).toEqual(['', 'a', 'b', 'c']);
    expect(removed).toBe(json);
  });

  it.each([
    [
      '{\n  "refs": [\n    { "path": "a" },\n    {"path":"c"}\n  ],\n  "x": {"y": 1}\n}\n',
      '{"path":"c"}, { "path":"b" }',
    ],
    ['{ "refs": [] }', '[{ "path":"b" }]'],
  ])('keeps the layout of a list in JSON: %j', async (json, expected) => {
    const edit = { kind: 'item', file: 'p.json', path: ['refs'], value: { path: 'b' } } as const;
    const { after, removed } = await roundTrip(json, edit);
    expect(after).toContain(expected);
    expect(removed).toBe(json);
  });

  it('does not change invalid JSON, and says what to add', async () => {
    const edit = { kind: 'item', file: 'p.json', path: ['refs'], value: { path: 'b' } } as const;
    const { byHand } = await roundTrip('{ // a comment\n "refs": [] }', edit);
    expect(byHand).toEqual(['p.json: add to refs: {"path":"b"}']);
  });
});
