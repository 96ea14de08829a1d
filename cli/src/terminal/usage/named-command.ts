import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../installation.js';
import type { Command, Interfaces } from '@oclif/core';

/** A folder's index is named as the folder. */
const WORD = /^(?!index$)[a-z][a-z-]*$/;
const HELP_FLAGS = ['--help', '-h'];

/** A command, by the name of its file in the folder of commands. */
export interface LoadedCommand {
  name: string;
  Command: Command.Class;
}

/** A command that is named in full, and the arguments behind its name. */
export interface NamedCommand {
  Command: Command.Class;
  argv: string[];
}

/**
 * The command that a command line names, without asking oclif: for that it reads what is known of all commands, which
 * costs more than most of them take. Undefined for whatever needs that knowledge: help, topics and misspelt names.
 */
export async function namedCommand(
  argv: readonly string[],
  loaded?: LoadedCommand,
): Promise<NamedCommand | undefined> {
  const found = asksForHelp(argv) ? undefined : fileOf(argv);
  if (!found) return undefined;
  const Command = found.name === loaded?.name ? loaded.Command : await commandIn(found.name);
  const rest = argv.slice(found.words.length);
  const takesArguments = Object.keys(Command.args ?? {}).length > 0 || Command.strict === false;
  if (rest[0] !== undefined && !rest[0].startsWith('-') && !takesArguments) return undefined;
  Command.id = found.words.join(':');
  return { Command, argv: rest };
}

function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? argv.length : end).some((each) => HELP_FLAGS.includes(each));
}

/** The most words of a command's name: `topics dlq list`. */
const MAX_WORDS = 3;

/** The file of the longest name that the words begin with. */
function fileOf(argv: readonly string[]): { words: string[]; name: string } | undefined {
  const end = argv.slice(0, MAX_WORDS).findIndex((word) => !WORD.test(word));
  const words = argv.slice(0, end < 0 ? MAX_WORDS : end);
  const candidates = words
    .map((_, n) => words.slice(0, n + 1))
    .reverse()
    .map((each) => ({ words: each, name: each.join('/') }));
  const [topic] = words;
  const index = topic === undefined ? [] : [{ words: [topic], name: `${topic}/index` }];
  return [...candidates, ...index].find(({ name }) => existsSync(pathOf(name)));
}

const pathOf = (name: string): string => join(packageFolder, 'dist/commands', `${name}.js`);

async function commandIn(name: string): Promise<Command.Class> {
  const module = (await import(pathOf(name))) as { default: Command.Class };
  return module.default;
}

/** All that a command asks of oclif's configuration while it runs. */
const CONFIG = {
  bin: 'msx',
  topicSeparator: ':',
  runHook: () => Promise.resolve({ successes: [], failures: [] }),
  scopedEnvVar: (name: string) => process.env[`MSX_${name}`],
  scopedEnvVarKeys: () => [],
};

/** Runs a command without asking oclif which commands there are. */
export const runNamed = ({ Command, argv }: NamedCommand): Promise<unknown> =>
  Command.run(argv, CONFIG as unknown as Interfaces.Config);
