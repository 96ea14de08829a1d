import { relative, resolve } from 'node:path';
import { allowedMissing } from '../git/allowed-missing.js';
import { revisionOf } from '../git/revision.js';
import { problemsOf } from './buf.js';
import { compileContracts, compileContractsWithTopics } from './compile-contracts.js';
import { withBaseline } from './baseline.js';
import { mergeStakes, stakesIn } from './stakes.js';
import { topicChanges } from './topic-changes.js';
import type { ProtoProblem } from './buf.js';
import type { ProtoFile } from './contract-files.js';
import type { Stake } from './stakes.js';
import type { Revision } from '../git/revision.js';
import type { System } from '../../model/system/system.js';

export interface BreakingChange extends ProtoProblem {
  /** The services that depend on the changed contract, now or at the baseline. */
  readonly affects: Stake[];
}

export interface Comparison {
  readonly against: Revision;
  /** Why there was no baseline; set only where a missing baseline is allowed. */
  readonly missing?: string;
  readonly changes: BreakingChange[];
  /** The services that any of the changes affects. */
  readonly affected: string[];
}

/**
 * The changes to contracts (RPCs and events) that break clients built against a revision. Throws PROTO_INVALID,
 * NO_REPOSITORY, REF_UNKNOWN, and NOT_IN_GIT unless a missing baseline is allowed.
 */
export async function breakingChanges(
  system: System,
  { ref, allowMissing = false }: { ref?: string; allowMissing?: boolean } = {},
): Promise<Comparison> {
  const against = await revisionOf(system.root, ref);
  const files = await compileContractsWithTopics(system);
  try {
    const changes = await withBaseline(system, against, (before) => compare(before, system, files));
    const affected = mergeStakes(...changes.map(({ affects }) => affects)).map(({ service }) => service);
    return { against, changes, affected };
  } catch (error) {
    return { against, missing: allowedMissing(error, allowMissing), changes: [], affected: [] };
  }
}

async function compare(before: System, now: System, files: ProtoFile[]): Promise<BreakingChange[]> {
  const [filesBefore, problems] = await Promise.all([
    compileContracts(before),
    problemsOf(now, ['breaking', '--against', before.protoFolder]),
  ]);
  const inContracts = problems.map((problem) => {
    const file = relative(now.protoFolder, resolve(now.root, problem.file));
    const affectedFiles = file === '' ? filesNamed(problem.message, filesBefore) : [file];
    const stakes = affectedFiles.flatMap((each) => [
      stakesIn(each, now, files),
      stakesIn(each, before, filesBefore),
    ]);
    return { ...problem, affects: mergeStakes(...stakes) };
  });
  return [...inContracts, ...topicChanges(before, now).map(asProblem)];
}

/** A removed package is in no current file: its files are those of the baseline. */
const filesNamed = (message: string, files: ProtoFile[]): string[] =>
  files.filter((file) => message.includes(`"${file.package}"`)).map(({ name }) => name);

function asProblem({ rule, message, affects }: ReturnType<typeof topicChanges>[number]): BreakingChange {
  const text = `msx.yaml: ${message} (${rule})`;
  return { file: 'msx.yaml', line: 1, column: 1, rule, message, text, affects };
}
