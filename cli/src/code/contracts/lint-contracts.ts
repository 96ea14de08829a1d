import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problemsOf } from './buf.js';
import { describeContracts } from './describe-contracts.js';
import type { ProtoProblem } from './buf.js';
import type { System } from '../../model/system/system.js';

/**
 * The violations of buf's lint rules. Throws PROTO_INVALID when the contracts do not compile or use a feature that the
 * generator does not implement.
 */
export async function lintContracts(system: System): Promise<ProtoProblem[]> {
  const work = mkdtempSync(join(tmpdir(), 'msx-lint-'));
  try {
    await describeContracts(system, work);
    return await problemsOf(system, ['lint']);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
