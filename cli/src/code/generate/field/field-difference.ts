import { relative } from 'node:path';
import { codeDifference } from './code-difference.js';
import { contractDifference } from './contract-difference.js';
import { camel } from '../names/words.js';
import { isForSlices, projectFiles, serviceSubject } from '../projection/project-files.js';
import type { ProjectState } from '../changes/plan-slice.js';
import type { Edit } from '../edits/edit.js';
import type { Field } from '../fields/field.js';
import type { GeneratorContext } from '../generator-context.js';
import type { Template } from '../projection/marks.js';
import type { SliceFile } from '../slice.js';
import type { FoundEntity } from './find-entity.js';

export interface Difference {
  /** Files that only some fields need, such as the enums of a gateway. */
  readonly files: SliceFile[];
  readonly edits: Edit[];
}

/**
 * What a service generated with the field has and one without it has not, as edits of the present files: what they lack,
 * or `complete`.
 */
export function fieldDifference(
  context: GeneratorContext,
  entity: FoundEntity,
  { field, state, complete = false }: { field: Field; state: ProjectState; complete?: boolean },
): Difference {
  const [before, after] = [[], [field]].map((fields) => filesOf(context, entity, fields));
  const [files, edits]: [SliceFile[], Edit[]] = [[], []];
  for (const file of after!) {
    const { path, text } = file;
    const old = before!.find((each) => each.path === path)?.text;
    const current = state.read(path);
    if (old === text) continue;
    if (old === undefined && current === undefined) files.push(file);
    else if (path.endsWith('.proto'))
      edits.push(...contractDifference({ file: path, before: old!, after: text, current: current ?? '' }));
    else {
      const texts = { before: old ?? '', after: text, ...(!complete && { current: current ?? '' }) };
      edits.push(...codeDifference({ file: path, owner: camel(field.words), ...texts }));
    }
  }
  return { files, edits };
}

/** The files of the entity as the templates have them. */
function filesOf(context: GeneratorContext, entity: FoundEntity, fields: readonly Field[]): SliceFile[] {
  const { service, gateway, contract, model } = entity;
  const templates = serviceTemplates(context).filter(
    ({ file }) => !/\/migrations\/|(^|\/)(money\.proto|app\.module\.ts|main\.ts)$/.test(file),
  );
  return projectFiles(templates, serviceSubject({ ...model, fields }), (file) => {
    if (file.startsWith('service/')) return file.replace('service', service.path);
    if (file.startsWith('proto/')) return file.endsWith('_events.proto') ? undefined : contract.file;
    return gateway && file.replace('gateway', relative(context.system.root, gateway.folder));
  });
}

/** The code of a service, without that of its slices. */
export const serviceTemplates = (context: GeneratorContext): Template[] =>
  context
    .templates('service', 'proto', 'gateway')
    .filter((template) => !isForSlices(template) && /\.(ts|proto)$/.test(template.file));
