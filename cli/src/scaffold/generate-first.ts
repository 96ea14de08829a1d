import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  baseFile,
  hashOf,
  LEDGER_FILE,
  ledgerText,
  packBase,
  parseLedger,
} from '../generate/ledger/ledger.js';
import { generateService } from '../generate/service/generate-service.js';
import { inWorkshop } from '../generate/workshop.js';
import { withFirstService } from './model-text.js';
import type { SystemWish } from './system-wish.js';

/** The first service of an empty system, as `msx generate service` makes any other. */
export async function generateFirst(
  root: string,
  { variant, first, database }: SystemWish,
  { templates, interrupted }: { templates: string; interrupted: AbortSignal },
): Promise<void> {
  if (variant !== 'empty' || !first) return;
  const options = { root, templates, interrupted };
  await inWorkshop(options, (workshop) => generateService(workshop, first, { dryRun: false }));
  rewrite(root, 'msx.yaml', (text) => withFirstService(text, database));
}

/** Changes a file as msx itself: the ledger knows it so from then on. */
function rewrite(root: string, path: string, change: (text: string) => string): void {
  const text = change(readFileSync(join(root, path), 'utf8'));
  const ledger = parseLedger(readFileSync(join(root, LEDGER_FILE), 'utf8'));
  const [known, hash] = [ledger.files[path]!, hashOf(text)];
  rmSync(join(root, baseFile(known.hash)), { force: true });
  writeFileSync(join(root, path), text);
  writeFileSync(join(root, baseFile(hash)), packBase(text));
  const files = { ...ledger.files, [path]: { ...known, hash } };
  writeFileSync(join(root, LEDGER_FILE), ledgerText({ ...ledger, files }));
}
