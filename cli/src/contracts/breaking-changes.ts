import { relative, resolve } from 'node:path';
import { problemsOf } from './buf.js';
import { compile, compileWithTopics } from './compile.js';
import { revisionOf, withBaseline } from './baseline.js';
import { mergeStakes, stakesIn } from './stakes.js';
import { topicChanges } from './topic-changes.js';
import type { ProtoProblem } from './buf.js';
import type { ProtoFile } from './contract-files.js';
import type { Stake } from './stakes.js';
import type { Revision } from './baseline.js';
import type { System } from '../system/system.js';

export interface BreakingChange extends ProtoProblem {
  /** Who stands on what has changed, now or then. */
  readonly affects: Stake[];
}

export interface Comparison {
  readonly against: Revision;
  readonly changes: BreakingChange[];
  /** All who are affected by any of them. */
  readonly affected: string[];
}

/**
 * What of the contracts, RPCs and events alike, those who know them as they were at a revision would not survive.
 * Throws PROTO_INVALID, NO_REPOSITORY and REF_UNKNOWN.
 */
export async function breakingChanges(system: System, ref?: string): Promise<Comparison> {
  const against = await revisionOf(system, ref);
  const files = await compileWithTopics(system);
  const changes = (await withBaseline(system, against, (before) => compare(before, system, files))) ?? [];
  const affected = mergeStakes(...changes.map(({ affects }) => affects)).map(({ service }) => service);
  return { against, changes, affected };
}

async function compare(before: System, now: System, files: ProtoFile[]): Promise<BreakingChange[]> {
  const [filesBefore, problems] = await Promise.all([
    compile(before),
    problemsOf(now, ['breaking', '--against', before.protoFolder]),
  ]);
  const inContracts = problems.map((problem) => {
    const file = relative(now.protoFolder, resolve(now.root, problem.file));
    const concerned = file === '' ? filesNamed(problem.message, filesBefore) : [file];
    const stakes = concerned.flatMap((each) => [
      stakesIn(each, now, files),
      stakesIn(each, before, filesBefore),
    ]);
    return { ...problem, affects: mergeStakes(...stakes) };
  });
  return [...inContracts, ...topicChanges(before, now).map(asProblem)];
}

/** A package that is gone is in no file any more; it was in those of then. */
const filesNamed = (message: string, files: ProtoFile[]): string[] =>
  files.filter((file) => message.includes(`"${file.package}"`)).map(({ name }) => name);

function asProblem({ rule, message, affects }: ReturnType<typeof topicChanges>[number]): BreakingChange {
  const text = `msx.yaml: ${message} (${rule})`;
  return { file: 'msx.yaml', line: 1, column: 1, rule, message, text, affects };
}
