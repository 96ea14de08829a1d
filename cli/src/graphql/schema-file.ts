import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { MsxError } from '../errors/msx-error.js';
import type { Service, System } from '../system/system.js';

/** Where a gateway's schema is kept, for people to read and for git to remember: relative to its folder. */
export const SCHEMA_FILE = 'schema.graphql';

export const schemaFileOf = ({ folder }: Service): string => join(folder, SCHEMA_FILE);

/** Whether the file is there and says this. */
export function isKept(service: Service, schema: string): boolean {
  const file = schemaFileOf(service);
  return existsSync(file) && readFileSync(file, 'utf8') === schema;
}

export function keepSchema(service: Service, schema: string): void {
  writeFileSync(schemaFileOf(service), schema);
}

/** The schema that git remembers of a gateway at a commit. Throws NOT_IN_GIT. */
export async function schemaAt(system: System, service: Service, ref: string): Promise<string> {
  const path = `./${service.path}/${SCHEMA_FILE}`;
  // A ref that begins with a dash would be an option of git's.
  const args = ['show', '--end-of-options', `${ref}:${path}`];
  const { stdout, stderr, failed, shortMessage } = await execa('git', args, {
    cwd: system.root,
    reject: false,
    stripFinalNewline: false,
  });
  if (!failed) return stdout;
  const reason =
    stderr
      .trim()
      .replace(/^fatal: /, '')
      .split('\n')[0] || shortMessage!;
  throw new MsxError('NOT_IN_GIT', { file: `${service.path}/${SCHEMA_FILE}`, ref, reason });
}
