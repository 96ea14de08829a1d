import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Manifest {
  readonly commands: Readonly<Record<string, unknown>>;
}

const file = resolve(import.meta.dirname, '../../cli/oclif.manifest.json');
const { commands } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;

/** Every command as a user types it, such as `dev start`. */
export const commandNames = Object.keys(commands)
  .map((id) => id.replaceAll(':', ' '))
  .sort();

/** The topics of commands, such as `dev`. */
export const topicNames = [
  ...new Set(commandNames.filter((name) => name.includes(' ')).map((name) => name.split(' ')[0]!)),
];
