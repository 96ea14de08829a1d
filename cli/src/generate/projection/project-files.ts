import { exemplar } from './exemplar.js';
import { project } from './project.js';
import { namesOf, rename } from './rename.js';
import type { SliceFile } from '../slice.js';
import type { Template } from './marks.js';
import type { Model } from './model.js';

/** Templates as files of a system; `place` says where one goes, by its path, unless nowhere. */
export function projectFiles(
  templates: readonly Template[],
  model: Model,
  place: (template: string) => string | undefined,
): SliceFile[] {
  const names = namesOf(exemplar, model);
  return templates.flatMap((template): SliceFile[] => {
    const target = place(template.file);
    const text = target === undefined ? undefined : project(template, model);
    return text === undefined ? [] : [{ path: rename(target!, names), template: template.file, text }];
  });
}
