import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';

interface Parameter {
  readonly name: string;
  readonly type?: 'boolean' | 'option';
  readonly required?: boolean;
  readonly options?: readonly string[];
}

interface Command {
  readonly id: string;
  readonly args: Readonly<Record<string, Parameter>>;
  readonly flags: Readonly<Record<string, Parameter>>;
}

/** A place on a command line where a person can write something. */
interface Place {
  readonly command: Command;
  readonly argument?: string;
  readonly flag?: string;
}

/** Values that are invalid for every parameter, or for most. */
const nastyValues = [
  '',
  ' ',
  '-1',
  '0x10',
  '1e999',
  '9'.repeat(40),
  '../../escape',
  '/dev/null/x',
  '@/',
  'a\'b"c$(d)`e`;|&',
  'x'.repeat(5_000),
  'línea\nzwei 日本',
  '\u001b[31mred\u0007\r',
  '{"__proto__": [',
];

/**
 * Other values that a line needs for the tested value to be reached; none of them starts, builds or removes anything.
 */
const fillers: Readonly<Record<string, string>> = {
  'call service': 'user-service',
  'call method': 'GetUser',
  // Creating a system takes seconds; an invalid name fails before that.
  'new name': '',
  service: 'no-such-service',
  name: 'gadget',
  entity: 'Product',
  field: 'no-such-field',
  fields: 'title:string',
  topic: 'order.created',
  target: 'order.Frobnicate',
  scale: 'user-service=1',
  '--service': 'user',
  group: 'user-service',
  '--fields': 'title:string',
  '--output': 'msx.yaml',
};

/** Flags that keep a command from writing or asking. */
const harmless = ['dry-run', 'check', 'skip-install', 'no-git'];
const withoutFolder: Readonly<Record<string, readonly string[]>> = {
  new: ['--directory', '.'],
  // A broker would run until it is stopped; these two exclude each other.
  'broker:start': ['--memory', '--data', 'kafka'],
  // No broker of the developer is stopped.
  'broker:stop': ['--port', '1'],
  // Drills would run for minutes; this seed is refused.
  verify: ['--seed', '-1'],
};

const { commands } = JSON.parse(
  readFileSync(new URL('../../oclif.manifest.json', import.meta.url), 'utf8'),
) as { commands: Record<string, Command> };

export const places: Place[] = Object.values(commands).flatMap((command) => [
  ...Object.keys(command.args).map((argument) => ({ command, argument })),
  ...Object.values(command.flags)
    .filter(({ type }) => type === 'option')
    .map(({ name }) => ({ command, flag: name })),
]);

/** The command lines of every run: every place with every value, and lines that are invalid without a value. */
export const fixedLines = (): string[][] => [
  ...places.flatMap((place) => nastyValues.map((value) => lineWith(place, value))),
  ...places.flatMap((place) =>
    place.flag === undefined ? [] : [[...words(place.command), `--${place.flag}`]],
  ),
  ...Object.values(commands).flatMap((command) => [
    [...words(command), '--no-such-flag', 'x'],
    [...words(command), '-%'],
    [...words(command), '--json=x', '--no-json'],
  ]),
];

/** Any place with any text. */
export const anyLine = fc
  .tuple(fc.constantFrom(...places), fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 200 })))
  // A command line cannot contain NUL.
  .map(([place, value]) => lineWith(place, value.replaceAll('\0', '')));

function lineWith({ command, argument, flag }: Place, value: string): string[] {
  const before = Object.values(command.args).flatMap(({ name, required, options }) => {
    if (name === argument) return [value];
    const filler = fillers[`${command.id} ${name}`] ?? fillers[name] ?? options?.[0];
    return filler === undefined ? (required ? ['x'] : []) : [filler];
  });
  const flags = Object.values(command.flags).flatMap(({ name, type, required }) => {
    if (name === flag) return [`--${name}=${value}`];
    if (type === 'boolean') return harmless.includes(name) ? [`--${name}`] : [];
    return required ? [`--${name}=${fillers[`--${name}`] ?? 'x'}`] : [];
  });
  const folder = flag === 'directory' ? [] : (withoutFolder[command.id] ?? []);
  return [...words(command), ...flags, ...folder, '--', ...before];
}

const words = ({ id }: Command) => id.split(':');
