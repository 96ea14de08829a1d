import { describe, expect, it } from '@jest/globals';
import { applyEdits } from './apply-edits.js';
import type { PartEdit } from './edit.js';

const code = `import { Column } from 'typeorm';

const LIMIT = 7;

/** What is sold. */
@Entity('things')
export class Thing {
  id!: string;

  /** Ours. */
  size = LIMIT; // kept
  createdAt!: Date;
}

export const toMessage = (thing: Thing) => ({ id: thing.id, createdAt: thing.createdAt });

describe('things', () => {
  it('grow', () => {
    const changes = {
      size: 8,
    };
    expect(changes).toMatchObject({ size: 8 });
  });
});
`;

const edit = (path: string[], [key, text]: [string, string], before: string[] = []): PartEdit => ({
  ...{ kind: 'part', file: 't.ts', path, key, text, before },
  owner: 'heightLimit',
});

async function apply(text: string, edits: PartEdit[], direction: 'add' | 'remove' = 'add') {
  const { texts, byHand } = await applyEdits(edits, () => text, direction);
  return { text: texts.get('t.ts') ?? text, byHand };
}

describe('a part', () => {
  const edits = [
    edit(['Thing'], ['heightLimit', '/** New. */\nheightLimit!: number;'], ['updatedAt', 'createdAt']),
    edit(['toMessage'], ['heightLimit', 'heightLimit: thing.heightLimit'], ['createdAt']),
    edit(['describe things', 'it grow', 'changes'], ['heightLimit', 'heightLimit: 2']),
    edit(['describe things', 'it grow', 'expect(changes).toMatchObject('], ['heightLimit', 'heightLimit: 2']),
    edit([], ['MAX_HEIGHT', 'const MAX_HEIGHT = 3;'], ['Thing']),
  ];

  it('is put before a sibling that it names, or at the end', async () => {
    const { text, byHand } = await apply(code, edits);
    expect(byHand).toEqual([]);
    expect(text).toContain('// kept\n  /** New. */\n  heightLimit!: number;\n  createdAt!: Date;');
    expect(text).toContain('({ id: thing.id, heightLimit: thing.heightLimit, createdAt: thing.createdAt })');
    expect(text).toContain('      size: 8,\n      heightLimit: 2,\n    };');
    expect(text).toContain('toMatchObject({ size: 8, heightLimit: 2 })');
    expect(text).toContain('const MAX_HEIGHT = 3;\n\n/** What is sold. */\n@Entity');
  });

  it('is added once, and taken out with its comment', async () => {
    const { text } = await apply(code, edits);
    expect(await apply(text, edits)).toEqual({ text, byHand: [] });
    expect(await apply(text, edits, 'remove')).toEqual({ text: code, byHand: [] });
    const gone = edits.map((each) => ({ ...each, gone: true as const }));
    expect(await apply(text, gone)).toEqual({ text: code, byHand: [] });
    expect(await apply(code, gone, 'remove')).toEqual({ text: code, byHand: [] });
  });

  it('that other code uses, or other files may use, stays', async () => {
    const gone = (key: string): PartEdit => ({ ...edit([], [key, '']), gone: true });
    expect(await apply(code, [gone('LIMIT'), gone('toMessage')])).toEqual({ text: code, byHand: [] });
    const unused = code.replace('= LIMIT', '= 1');
    expect((await apply(unused, [gone('LIMIT')])).text).not.toContain('LIMIT');
  });

  it('is told when its place is not there, or the file does not parse', async () => {
    const lost = edit(['Other'], ['a', 'a!: string;\nb!: string;']);
    const told = ['t.ts: add to Other: a!: string; b!: string;'];
    expect(await apply(code, [lost])).toEqual({ text: code, byHand: told });
    expect((await apply('class {', [lost])).byHand).toEqual(told);
  });
});
