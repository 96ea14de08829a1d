import { describe, expect, it } from '@jest/globals';
import { namedCommand } from './named-command.js';
import type { Command } from '@oclif/core';

const named = async (...argv: string[]) => {
  const found = await namedCommand(argv);
  return found && [found.Command.id, found.argv];
};

describe('a command line', () => {
  it.each<[line: string, id: string, argv: string[]]>([
    ['dev status --json', 'dev:status', ['--json']],
    ['logs order-service -n 3', 'logs', ['order-service', '-n', '3']],
    ['ports', 'ports', []],
    ['ports free 3000', 'ports:free', ['3000']],
    ['topics dlq show order.created 0:1', 'topics:dlq:show', ['order.created', '0:1']],
    ['gql -- --help', 'gql', ['--', '--help']],
  ])('names its command: %s', async (line, id, argv) => {
    expect(await named(...line.split(' '))).toEqual([id, argv]);
  });

  it.each([
    ['a topic', 'dev'],
    ['a topic in a topic', 'topics dlq'],
    ['a misspelt verb', 'dev halt'],
    ['a word that a command does not take', 'dev status order-service'],
    ['the name of a file, but not of a command', 'ports index'],
    ['a path', '../commands/logs'],
    ['a flag in front', '--json dev status'],
    ['help', 'dev status --help'],
    ['short help', 'logs -n 3 -h'],
    ['nothing', ''],
  ])('leaves to oclif: %s', async (_, line) => {
    expect(await named(...line.split(' '))).toBeUndefined();
  });

  it('takes a command that is loaded already', async () => {
    const Command = { args: {} } as Command.Class;
    const found = await namedCommand(['dev', 'status'], { name: 'dev/status', Command });
    expect(found?.Command).toBe(Command);
    expect((await namedCommand(['dev', 'stop'], { name: 'dev/status', Command }))?.Command).not.toBe(Command);
  });
});
