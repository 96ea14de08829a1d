import { describe, expect, it } from '@jest/globals';
import { applyEdits } from './apply-edits.js';
import { blockOf, nextNumber } from './proto-blocks.js';
import type { ProtoEdit } from './edit.js';

const block = (body: string) => blockOf(`message A {\n${body}\n}\n`, 'message', 'A')!;

describe('the next number of a message', () => {
  it.each<[string, number | undefined]>([
    ['', 1],
    ['  string id = 1;\n  repeated string tags = 4;', 5],
    ['  string id = 1;\n  reserved 2, 4 to 6;\n  reserved "old";', 3],
    ['  string id = 1;\n  reserved 2 to 6;', 7],
    ['  string id = 1;\n  reserved 2 to max;', undefined],
    ['  string id = 1; // = 9;\n  /* string x = 12; */', 2],
    ['  string id = 99;\n  google.protobuf.FieldMask update_mask = 100;', 101],
    ['  string id = 1;\n  google.protobuf.FieldMask update_mask = 100;', 2],
    ['  string id = 18999;', 20_000],
    ['  oneof kind {\n    string a = 1;\n    map<string, int32> b = 7;\n  }', 8],
  ])('%j is %p', (body, next) => {
    expect(nextNumber(block(body))).toBe(next);
  });

  it('comes with the names that are reserved', () => {
    expect(block('  reserved 2;\n  reserved "old", "older";').reservedNames).toEqual(['old', 'older']);
    expect(blockOf('message B {}', 'message', 'A')).toBeUndefined();
  });
});

const contract = `message A {
  string id = 1;
  // What it weighs.
  int32 weight = 2;
}

message B {
  int32 weight = 2;
}
`;

describe('a field of a contract', () => {
  const add = (edit: ProtoEdit, text: string) => applyEdits([edit], () => text, 'add');

  it('is added to its own message, even if another has the same line', async () => {
    const edit: ProtoEdit = {
      ...{ kind: 'proto', file: 'a.proto', where: { at: 'message', name: 'B' } },
      text: 'string id = 1;',
    };
    const { texts } = await add(edit, contract);
    const after = contract.replace(/weight = 2;\n}\n$/, 'weight = 2;\n  string id = 1;\n}\n');
    expect(texts.get('a.proto')).toBe(after);
    expect((await add(edit, after)).texts.size).toBe(0);
    const removed = await applyEdits([edit], () => after, 'remove');
    expect(removed.texts.get('a.proto')).toBe(contract);
  });

  it('gives way to its reservation, with its comment', async () => {
    const where = { at: 'field', name: 'A', field: 'weight' } as const;
    const edit: ProtoEdit = {
      kind: 'proto',
      file: 'a.proto',
      where,
      text: 'reserved 2;\nreserved "weight";',
    };
    const { texts } = await add(edit, contract);
    const after = texts.get('a.proto')!;
    expect(after).toContain('message A {\n  string id = 1;\n  reserved 2;\n  reserved "weight";\n}');
    expect((await add(edit, after)).texts.size).toBe(0);
    expect(
      (await add({ ...edit, where: { ...where, field: 'size' }, text: 'reserved 3;' }, contract)).byHand,
    ).toEqual(['a.proto: add to message A, in place of size: reserved 3;']);
  });
});
