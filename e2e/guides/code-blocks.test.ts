import { describe, expect, it } from '@jest/globals';
import { codeBlocks, missingFrom, stepsOf } from './code-blocks.fixture.js';

const guide = [
  '# A guide',
  '```bash needs=docker',
  'echo one',
  '```',
  '```text',
  'one',
  '```',
  '1. A step:',
  '   ```ts [src/main.ts]',
  '   const a = 1;',
  '   ```',
  '```mermaid',
  'graph TB',
  '```',
].join('\n');

describe('the code blocks of a guide', () => {
  it('are found, with their needs and their files', () => {
    expect(codeBlocks(guide)).toEqual([
      { line: 2, language: 'bash', needs: 'docker', text: 'echo one\n' },
      { line: 5, language: 'text', text: 'one\n' },
      { line: 9, language: 'ts', file: 'src/main.ts', text: 'const a = 1;\n' },
      { line: 12, language: 'mermaid', text: 'graph TB\n' },
    ]);
  });

  it('become steps, each with the output that the guide shows for it', () => {
    const steps = stepsOf(codeBlocks(guide));
    expect(steps.map(({ block, shown }) => [block.line, shown])).toEqual([
      [2, ['one']],
      [9, []],
    ]);
  });

  it('cannot show output before the first step, or twice', () => {
    expect(() => stepsOf(codeBlocks('```text\none\n```\n'))).toThrow('line 1: output without a command');
    const twice = '```bash\ntrue\n```\n```text\none\n```\n```text\ntwo\n```\n';
    expect(() => stepsOf(codeBlocks(twice))).toThrow('line 7: output without a command');
  });
});

describe('the output that a guide shows', () => {
  const output = 'started in 3.4 s\nuser-service   ready\n';

  it.each<[readonly string[], string | undefined]>([
    [['started in … s', 'user-service ready'], undefined],
    [['user-service …'], undefined],
    [['user-service ready', 'started in … s'], 'started in … s'],
    [['started'], 'started'],
    [['started in 3.4.s'], 'started in 3.4.s'],
  ])('%j lacks %j', (shown, missing) => {
    expect(missingFrom(output, shown)).toBe(missing);
  });
});
