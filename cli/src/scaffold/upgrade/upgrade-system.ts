import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MsxError } from '../../errors/msx-error.js';
import { applyChanges } from '../../generate/changes/apply-changes.js';
import { showChanges } from '../../generate/changes/show-changes.js';
import { serviceSlicesOf } from '../../generate/service/generate-service.js';
import { systemProjections } from '../../kubernetes/system-projections.js';
import { loadSystem } from '../../system/load-system.js';
import { staleAmong, writeProjection } from '../../system/projection.js';
import { vendoredEntry } from '../package-files.js';
import { SYSTEM_SLICE, SYSTEM_VERSION, systemFiles } from '../render-system.js';
import { migrateModel } from './model-migrations.js';
import { planUpgrade } from './plan-upgrade.js';
import type { Ground } from '../../generate/changes/plan-slice.js';
import type { ServiceWish } from '../../generate/service/service-wish.js';
import type { Slice } from '../../generate/slice.js';
import type { Workshop } from '../../generate/workshop.js';
import type { Kit } from '../kit.js';
import type { LockEntry } from '../lock-file.js';
import type { SystemWish } from '../system-wish.js';
import type { Contents, UpgradePlan } from './plan-upgrade.js';

export interface Upgrade extends Omit<UpgradePlan, 'changes'> {
  /** What msx.yaml was brought to, in words. */
  readonly migrated: string[];
  /** What follows from msx.yaml and is written anew; empty while msx.yaml has conflicts. */
  readonly rendered: string[];
  /** Whether the packages are other ones now, so that npm install is due. */
  readonly packages: boolean;
  /** As `git diff` has it. */
  readonly diff: string;
}

/**
 * Brings a system the templates of this msx: pristine files follow, those of a person's are merged. Throws
 * NOT_GENERATED and LEDGER_INVALID.
 */
export async function upgradeSystem(
  workshop: Workshop,
  kit: Kit,
  { dryRun }: { dryRun: boolean },
): Promise<Upgrade> {
  const { system, read, interrupted } = workshop;
  const ground = await workshop.ground();
  const slices = slicesNow(workshop, kit, ground);
  const { changes, ...plan } = await planUpgrade(slices, { ...ground, base: (hash) => workshop.base(hash) });
  const migrated = migrate(changes, read, ground);
  const packages = bringPackages(changes, system.root, kit);
  const done = { ...plan, migrated, packages, diff: showChanges(textsOf(changes), read) };
  if (interrupted.aborted) throw new MsxError('INTERRUPTED', {});
  if (dryRun) return { ...done, rendered: [] };
  applyChanges(system.root, changes);
  return { ...done, rendered: plan.conflicts.includes('msx.yaml') ? [] : render(system.root) };
}

/** Everything that was generated, from today's templates. */
function slicesNow(workshop: Workshop, kit: Kit, ground: Ground): Slice[] {
  const { slices } = ground.ledger;
  const known = slices[SYSTEM_SLICE];
  if (!known) throw new MsxError('NOT_GENERATED', { what: 'a system', known: Object.keys(slices) });
  if (known.version > SYSTEM_VERSION)
    throw new MsxError('LEDGER_INVALID', {
      file: '.msx/ledger.json',
      reason: `the system is of version ${known.version} of the templates, from a newer msx`,
    });
  const files = systemFiles({ ...(known.inputs as unknown as SystemWish), first: false }, kit);
  const system: Slice = { ...known, id: SYSTEM_SLICE, version: SYSTEM_VERSION, files };
  const services = Object.entries(slices)
    .filter(([, { template }]) => template === 'service')
    .flatMap(([, { inputs }]) => serviceSlicesOf(workshop, inputs as unknown as ServiceWish, ground).slices);
  return [system, ...services];
}

/** Brings msx.yaml, as it will be, to the keys of today. */
function migrate(changes: Contents, read: (path: string) => string | undefined, ground: Ground): string[] {
  const from = ground.ledger.slices[SYSTEM_SLICE]!.version;
  const text = String(changes.get('msx.yaml') ?? read('msx.yaml'));
  const migrated = migrateModel(text, from);
  if (migrated.text !== text) changes.set('msx.yaml', migrated.text);
  return migrated.done;
}

/** The packages that no registry has: those of this msx, instead of those of the one before. */
function bringPackages(changes: Contents, root: string, { vendored }: Kit): boolean {
  const folder = join(root, 'vendor');
  const files = new Map(vendored.map(({ file, content }) => [file, content]));
  const there = existsSync(folder) ? readdirSync(folder) : [];
  const stale = [...files].filter(([file, content]) => !same(join(folder, file), content));
  for (const [file, content] of stale) changes.set(`vendor/${file}`, content);
  for (const file of there) if (!files.has(file) && /^msx-/.test(file)) changes.set(`vendor/${file}`, null);
  const lock = join(root, 'package-lock.json');
  if (stale.length === 0 || !existsSync(lock)) return stale.length > 0;
  const locked = JSON.parse(readFileSync(lock, 'utf8')) as { packages: Record<string, LockEntry> };
  for (const each of vendored) locked.packages[`node_modules/${each.manifest.name}`] = vendoredEntry(each);
  changes.set('package-lock.json', JSON.stringify(locked, null, 2) + '\n');
  return true;
}

const same = (file: string, content: Buffer) => existsSync(file) && readFileSync(file).equals(content);

/** Tarballs have no lines. */
const textsOf = (changes: Contents): Contents =>
  new Map([...changes].filter(([path]) => !path.startsWith('vendor/')));

function render(root: string): string[] {
  const stale = staleAmong(systemProjections(loadSystem(root)), root);
  for (const projection of stale) writeProjection(projection, root);
  return stale.map(({ path }) => path);
}
