import { generateService } from '../generate/service/generate-service.js';
import { inWorkshop } from '../generate/workshop.js';
import type { SystemWish } from './system-wish.js';

/** The first service of an empty system, as `msx generate service` makes any other. */
export async function generateFirst(
  root: string,
  { variant, first, database }: SystemWish,
  { templates, interrupted }: { templates: string; interrupted: AbortSignal },
): Promise<void> {
  if (variant !== 'empty' || !first) return;
  const options = { root, templates, interrupted };
  await inWorkshop(options, (workshop) =>
    generateService(workshop, { ...first, database }, { dryRun: false }),
  );
}
