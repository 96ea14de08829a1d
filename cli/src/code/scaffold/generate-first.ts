import { isDeepStrictEqual } from 'node:util';
import { generateService } from '../generate/service/generate-service.js';
import { cachingFormatter } from '../generate/changes/format-cache.js';
import { formatterOf } from '../generate/changes/formatter.js';
import { wordsOf } from '../generate/names/words.js';
import { withGeneratorContext } from '../generate/generator-context.js';
import { formatsIn } from './first-formats.js';
import { defaultFirst, systemName } from './system-request.js';
import type { Kit } from './kit.js';
import type { SystemRequest } from './system-request.js';

/** Generates the first service of an empty system, as `msx generate service` does, if one is requested. */
export async function generateFirst(
  root: string,
  request: SystemRequest,
  { kit, interrupted }: { kit: Kit; interrupted: AbortSignal },
): Promise<boolean> {
  const { variant, first, database } = request;
  if (variant !== 'empty' || !first) return false;
  const { templates } = kit;
  const name = systemName(request.name);
  const known = kit.formats ?? formatsIn(templates, name);
  const format = cachingFormatter(known, wordsOf(name), () => formatterOf(root));
  // Formats are recorded by creating it with these templates, which checks its names.
  const areNamesFree = known.size > 0 && isDeepStrictEqual(first, defaultFirst);
  await withGeneratorContext({ root, templates, interrupted, format, areNamesFree }, (context) =>
    generateService(context, { ...first, database }, { dryRun: false }),
  );
  return true;
}
