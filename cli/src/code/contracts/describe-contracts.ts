import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { buf } from './buf.js';
import type { System } from '../../model/system/system.js';

/**
 * Compiles all contracts to a google.protobuf.FileDescriptorSet with source info. Throws PROTO_INVALID when they do not
 * compile or use a feature that the generator does not implement, with its file and line.
 * @param work a temporary folder
 */
export async function describeContracts(system: System, work: string): Promise<Uint8Array> {
  const file = join(work, 'contracts.binpb');
  await buf(system, ['build', '--as-file-descriptor-set', '-o', file, '--error-format', 'json']);
  const set = readFileSync(file);
  // The descriptor parser is loaded only when it is needed.
  const { unsupportedFeatures } = await import('./unsupported-features.js');
  const problems = unsupportedFeatures(system, set);
  if (problems.length > 0) throw new MsxError('PROTO_INVALID', { problems });
  return set;
}
