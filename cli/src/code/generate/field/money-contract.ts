import { MONEY_SLICE } from '../service/service-slice.js';
import { projectFiles, serviceSubject } from '../projection/project-files.js';
import type { ProjectState } from '../changes/plan-slice.js';
import type { GeneratorContext } from '../generator-context.js';
import type { Slice } from '../slice.js';
import type { FoundEntity } from './find-entity.js';
import { relative } from 'node:path';

/** The contract of money, if the system has none yet; it is kept when the field is removed. */
export function moneyContract(
  context: GeneratorContext,
  { model }: FoundEntity,
  { read }: ProjectState,
): Slice[] {
  const { root, protoFolder } = context.system;
  const path = `${relative(root, protoFolder)}/money.proto`;
  if (read(path) !== undefined) return [];
  const files = projectFiles(context.templates('proto'), serviceSubject(model), (file) =>
    file === 'proto/money.proto' ? path : undefined,
  );
  return [{ id: MONEY_SLICE, template: 'proto', version: 2, inputs: {}, files, edits: [] }];
}
