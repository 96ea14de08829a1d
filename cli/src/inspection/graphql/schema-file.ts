import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { git } from '../../code/git/git.js';
import { revisionOf } from '../../code/git/revision.js';
import { readText } from '../../model/system/read-file.js';
import type { Service, System } from '../../model/system/system.js';

/** The committed copy of a gateway's schema, relative to its folder. */
export const SCHEMA_FILE = 'schema.graphql';

export const schemaFileOf = ({ folder }: Service): string => join(folder, SCHEMA_FILE);

/** Whether the file exists with this content. */
export function isKept(service: Service, schema: string): boolean {
  const file = schemaFileOf(service);
  return existsSync(file) && readText(file) === schema;
}

export function keepSchema(service: Service, schema: string): void {
  writeFileSync(schemaFileOf(service), schema);
}

/** The schema of a gateway at a commit. Throws NO_REPOSITORY, REF_UNKNOWN and NOT_IN_GIT. */
export async function schemaAt({ root }: System, service: Service, ref: string): Promise<string> {
  const { commit } = await revisionOf(root, ref);
  const file = `${service.path}/${SCHEMA_FILE}`;
  const { ok, stdout, reason } = await git(root, ['show', `${commit}:./${file}`], { whole: true });
  if (!ok) throw new MsxError('NOT_IN_GIT', { file, ref, reason });
  return stdout;
}
