import { exemplar } from './exemplar.js';
import { project } from './project.js';
import { namesOf, rename } from './rename.js';
import { isFeature } from './subject.js';
import type { SliceFile } from '../slice.js';
import type { Template } from './marks.js';
import type { Model } from './model.js';
import type { Subject } from './subject.js';

/** A service with its entity. It has no features: everything else follows from its fields. */
export const serviceSubject = (model: Model): Subject => ({
  names: namesOf(exemplar, model),
  fields: model.fields,
  features: new Set(),
});

/** Whether a template is for slices of existing services. */
export const isForSlices = ({ condition = '' }: Template): boolean =>
  condition.split(/[\s|]+/).some(isFeature);

/**
 * Projects templates to files of a system. `place` maps the renamed path of a template to its path in the system;
 * undefined skips it.
 */
export function projectFiles(
  templates: readonly Template[],
  subject: Subject,
  place: (template: string) => string | undefined,
): SliceFile[] {
  return templates.flatMap((template): SliceFile[] => {
    const path = place(rename(template.file, subject.names));
    const text = path === undefined ? undefined : project(template, subject);
    return text === undefined ? [] : [{ path: path!, template: template.file, text }];
  });
}
