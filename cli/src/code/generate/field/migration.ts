import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { formsOf } from '../names/noun.js';
import { kebab, pascal } from '../names/words.js';
import { exemplar } from '../projection/exemplar.js';
import { projectFiles, serviceSubject } from '../projection/project-files.js';
import { wordNames } from '../projection/rename.js';
import type { Service } from '../../../model/system/system.js';
import type { ReadText } from '../changes/changes.js';
import type { Edit } from '../edits/edit.js';
import type { Field } from '../fields/field.js';
import type { GeneratorContext } from '../generator-context.js';
import type { SliceFile } from '../slice.js';
import type { FoundEntity } from './find-entity.js';

interface Migration {
  readonly files: SliceFile[];
  readonly edits: Edit[];
}

interface MigrationOptions {
  readonly field: Field;
  readonly at: number;
  readonly kind: 'added' | 'dropped';
}

/** In the templates. */
const TIMESTAMPS = { added: '1767312000000', dropped: '1767398400000' };

/** The migration that adds or drops the columns of a field, and its place in the module of the service. */
export function migrationOf(
  context: GeneratorContext,
  { model, service, table }: FoundEntity,
  { field, at, kind }: MigrationOptions,
): Migration {
  const subject = serviceSubject({ ...model, fields: [field] });
  const plural = formsOf(exemplar.entity).find((form) => form === 'garden_gnomes')!;
  const names = new Map([
    ...subject.names,
    ...wordNames(exemplar.fields[0]!.words, field.words),
    [`"${plural}"`, `"${table}"`],
    [TIMESTAMPS[kind], String(at)],
  ]);
  const named = { ...subject, names, features: new Set([kind]) };
  const [verb, joint] = kind === 'added' ? ['add', 'To'] : ['drop', 'Of'];
  const path = `${service.path}/src/migrations/${verb}-${kebab(field.words)}-${joint.toLowerCase()}-${kebab(model.entity.plural)}.ts`;
  const files = projectFiles(context.sliceTemplates(), named, (file) =>
    file.startsWith('service/src/migrations/') ? path : undefined,
  );
  const name = `${pascal([verb])}${pascal(field.words)}${joint}${pascal(model.entity.plural)}${at}`;
  const module = `${service.path}/src/app.module.ts`;
  return {
    files,
    edits: [
      {
        kind: 'import',
        file: module,
        from: `./migrations/${path.split('/').at(-1)!.replace(/\.ts$/, '.js')}`,
        names: [name],
      },
      {
        kind: 'code',
        file: module,
        where: { at: 'call-list', call: 'DatabaseModule.forRoot', property: 'migrations' },
        text: name,
      },
    ],
  };
}

/** After the present time and all migrations of the service, so that it runs last. */
export function nextTimestamp({ folder, path }: Service, read: ReadText): number {
  const module = read(`${path}/src/app.module.ts`) ?? '';
  const files = readdirSync(join(folder, 'src'), { recursive: true }).map(String);
  const texts = files
    .filter((file) => file.includes('migrations') && file.endsWith('.ts'))
    .map((file) => read(`${path}/src/${file}`) ?? '');
  const times = [module, ...texts].flatMap((text) => [...text.matchAll(/\b[A-Z]\w*?(\d{13})\b/g)]);
  return Math.max(Date.now(), ...times.map(([, time]) => Number(time) + 1000));
}
