import { MsxError } from '../../terminal/errors/msx-error.js';
import { closest } from '../../model/system/closest.js';
import { buf } from './buf.js';
import { holderOf, messagesOf } from './contract-files.js';
import type { ProtoFile } from './contract-files.js';
import type { System } from '../../model/system/system.js';

/** All files of the proto folder and their imports. Throws PROTO_INVALID. */
export async function compileContracts(system: System): Promise<ProtoFile[]> {
  const image = await buf(system, ['build', '--exclude-source-info', '-o', '-#format=json', ...AS_JSON]);
  return (JSON.parse(image) as { file: ProtoFile[] }).file;
}

/** The same, and checks that every topic of msx.yaml has its message. Throws PROTO_INVALID. */
export async function compileContractsWithTopics(system: System): Promise<ProtoFile[]> {
  const all = await compileContracts(system);
  checkTopics(system, all);
  return all;
}

/** Throws PROTO_INVALID for a topic whose message is not in any of the files. */
export function checkTopics(system: System, all: ProtoFile[]): void {
  const known = all.flatMap(messagesOf);
  const problems = system.topics
    .filter(({ message }) => !holderOf(message, all))
    .map(({ name, message }) => {
      const similar = closest(message, known);
      const hint = similar ? `; did you mean "${similar}"?` : '';
      return { text: `msx.yaml topics["${name}"].message: no message "${message}"${hint}` };
    });
  if (problems.length > 0) throw new MsxError('PROTO_INVALID', { problems });
}

const AS_JSON = ['--error-format', 'json'];
