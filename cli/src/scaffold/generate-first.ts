import { generateService } from '../generate/service/generate-service.js';
import { knowing } from '../generate/changes/known-formats.js';
import { formatterOf } from '../generate/changes/formatter.js';
import { wordsOf } from '../generate/names/words.js';
import { inWorkshop } from '../generate/workshop.js';
import { formatsIn } from './first-formats.js';
import { systemName } from './system-wish.js';
import type { Kit } from './kit.js';
import type { SystemWish } from './system-wish.js';

/** The first service of an empty system, as `msx generate service` makes any other, if one is wished for. */
export async function generateFirst(
  root: string,
  wish: SystemWish,
  { kit, interrupted }: { kit: Kit; interrupted: AbortSignal },
): Promise<boolean> {
  const { variant, first, database } = wish;
  if (variant !== 'empty' || !first) return false;
  const { templates } = kit;
  const name = systemName(wish.name);
  const known = kit.formats ?? formatsIn(templates, name);
  const format = knowing(known, wordsOf(name), () => formatterOf(root));
  await inWorkshop({ root, templates, interrupted, format }, (workshop) =>
    generateService(workshop, { ...first, database }, { dryRun: false }),
  );
  return true;
}
