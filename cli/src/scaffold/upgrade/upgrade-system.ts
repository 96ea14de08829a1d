import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MsxError } from '../../errors/msx-error.js';
import { applyChanges } from '../../generate/changes/apply-changes.js';
import { projectionsAfter } from '../../generate/changes/plan-projections.js';
import { showChanges } from '../../generate/changes/show-changes.js';
import { vendoredEntry } from '../package-files.js';
import { SYSTEM_SLICE } from '../render-system.js';
import { migrateModel } from './model-migrations.js';
import { planUpgrade } from './plan-upgrade.js';
import { slicesNow } from './slices-now.js';
import type { Ground } from '../../generate/changes/plan-slice.js';
import type { Workshop } from '../../generate/workshop.js';
import type { Kit } from '../kit.js';
import type { LockEntry } from '../lock-file.js';
import type { Contents, UpgradePlan } from './plan-upgrade.js';

export interface Upgrade extends Omit<UpgradePlan, 'changes'> {
  /** What could not be made anew, and why: it stays as it is. */
  readonly left: string[];
  /** What msx.yaml was brought to, in words. */
  readonly migrated: string[];
  /** What follows from msx.yaml and is written anew; empty while msx.yaml has conflicts. */
  readonly rendered: string[];
  /** Of the msx that this is. */
  readonly version: string;
  /** Whether the system has been at this msx before, and there was nothing to bring. */
  readonly current: boolean;
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
  const { slices, left } = slicesNow(workshop, kit, ground);
  const { changes, ...plan } = await planUpgrade(slices, { ...ground, base: (hash) => workshop.base(hash) });
  const migrated = migrate(changes, read, ground);
  const manifests = [...changes.keys()].some((path) => /(^|\/)package\.json$/.test(path));
  const packages = bringPackages(changes, system.root, kit) || manifests;
  const rendered = plan.conflicts.includes('msx.yaml') ? [] : [...projectionsAfter(system, changes)];
  for (const [path, text] of rendered) changes.set(path, text);
  if (interrupted.aborted) throw new MsxError('INTERRUPTED', {});
  const diff = showChanges(textsOf(changes), read);
  if (!dryRun) applyChanges(system.root, changes);
  const version = kit.vendored.find(({ manifest }) => manifest.name === '@msx/cli')!.manifest.version;
  const done = { ...plan, left, migrated, rendered: rendered.map(([path]) => path), packages, diff, version };
  return { ...done, current: isNothing(done) };
}

/** What is reported each time, such as files that a person keeps, is not a change. */
function isNothing(done: Omit<Upgrade, 'current'>): boolean {
  const { followed, merged, conflicts, removed, migrated, rendered, packages } = done;
  const changes = [followed, merged, conflicts, removed, migrated, rendered];
  return !packages && changes.every(({ length }) => length === 0);
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
