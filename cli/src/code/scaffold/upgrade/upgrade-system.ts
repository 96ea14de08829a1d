import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import { applyChanges } from '../../generate/changes/apply-changes.js';
import { projectionsAfter } from '../../generate/changes/plan-projections.js';
import { showChanges } from '../../generate/changes/show-changes.js';
import { sourceTextsOf } from '../../generate/parts/find-service.js';
import { withVendored } from '../../generate/service/vendored-packages.js';
import { vendoredEntry, vendoredPackages } from '../package-files.js';
import { SYSTEM_SLICE } from '../render-system.js';
import { gatewayMigration } from './gateway/gateway-migration.js';
import { migrateModel } from './model-migrations.js';
import { planUpgrade } from './plan-upgrade.js';
import { currentSlices } from './current-slices.js';
import { readText } from '../../../model/system/read-file.js';
import type { ProjectState } from '../../generate/changes/plan-slice.js';
import type { Slice } from '../../generate/slice.js';
import type { GeneratorContext } from '../../generate/generator-context.js';
import type { Kit } from '../kit.js';
import type { LockEntry } from '../lock-file.js';
import type { Contents, UpgradeContext, UpgradePlan } from './plan-upgrade.js';

export interface Upgrade extends Omit<UpgradePlan, 'changes'> {
  /** Slices that could not be regenerated, and why: they are not changed. */
  readonly left: string[];
  /** The titles of the migrations applied to msx.yaml. */
  readonly migrated: string[];
  /** The projections of msx.yaml that were rewritten; empty while msx.yaml has conflicts. */
  readonly rendered: string[];
  /** The version of the running msx. */
  readonly version: string;
  /** Whether the system was already up to date. */
  readonly current: boolean;
  /** Whether the packages have changed, so that npm install is needed. */
  readonly packages: boolean;
  /** In the format of `git diff`. */
  readonly diff: string;
}

/**
 * Upgrades a system to the templates of this msx: unchanged files follow, changed ones are merged. Throws NOT_GENERATED
 * and LEDGER_INVALID.
 */
export async function upgradeSystem(
  context: GeneratorContext,
  kit: Kit,
  { dryRun }: { dryRun: boolean },
): Promise<Upgrade> {
  const { system, read, interrupted } = context;
  const state = await context.state();
  const { slices, left } = currentSlices(context, kit, state);
  const { changes, ...plan } = await planUpgrade(slices, upgradeContextOf(context, slices, state));
  const migrated = migrate(changes, read, state);
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

function upgradeContextOf(context: GeneratorContext, slices: Slice[], state: ProjectState): UpgradeContext {
  const base = (hash: string) => context.base(hash);
  const move = gatewayMigration(state.ledger.slices[SYSTEM_SLICE]!.version, slices, state);
  if (!move) return { ...state, base };
  for (const [n, slice] of slices.entries()) slices[n] = { ...slice, edits: move.edits(slice.edits) };
  const { system } = context;
  const gateways = system.services.filter(({ kind }) => kind === 'graphql');
  const sources = new Map(gateways.flatMap((each) => [...sourceTextsOf(system, each)]));
  return { ...state, base, move, sources };
}

/** Information that is reported every time, such as kept files, is not a change. */
function isNothing(done: Omit<Upgrade, 'current'>): boolean {
  const { followed, merged, conflicts, removed, migrated, rendered, packages } = done;
  const changes = [followed, merged, conflicts, removed, migrated, rendered];
  return !packages && changes.every(({ length }) => length === 0);
}

/** Migrates the resulting msx.yaml to the current keys. */
function migrate(
  changes: Contents,
  read: (path: string) => string | undefined,
  state: ProjectState,
): string[] {
  const from = state.ledger.slices[SYSTEM_SLICE]!.version;
  const text = String(changes.get('msx.yaml') ?? read('msx.yaml'));
  const migrated = migrateModel(text, from);
  if (migrated.text !== text) changes.set('msx.yaml', migrated.text);
  return migrated.done;
}

/** Replaces the unpublished packages by those of this msx. */
function bringPackages(changes: Contents, root: string, { vendored }: Kit): boolean {
  const folder = join(root, 'vendor');
  const files = new Map(vendored.map(({ file, content }) => [file, content]));
  const existing = existsSync(folder) ? readdirSync(folder) : [];
  const stale = [...files].filter(([file, content]) => !same(join(folder, file), content));
  for (const [file, content] of stale) changes.set(`vendor/${file}`, content);
  for (const file of existing)
    if (!files.has(file) && /^msx-/.test(file)) changes.set(`vendor/${file}`, null);
  const lock = join(root, 'package-lock.json');
  if (stale.length === 0 || !existsSync(lock)) return stale.length > 0;
  const locked = JSON.parse(readText(lock)) as { packages: Record<string, LockEntry> };
  const packages = vendoredPackages(vendored);
  for (const [place, entry] of Object.entries(locked.packages))
    if (!place.includes('node_modules/'))
      locked.packages[place] = JSON.parse(withVendored(JSON.stringify(entry), place, packages)) as LockEntry;
  for (const each of vendored) locked.packages[`node_modules/${each.manifest.name}`] = vendoredEntry(each);
  changes.set('package-lock.json', JSON.stringify(locked, null, 2) + '\n');
  return true;
}

const same = (file: string, content: Buffer) => existsSync(file) && readFileSync(file).equals(content);

/** Tarballs have no diff. */
const textsOf = (changes: Contents): Contents =>
  new Map([...changes].filter(([path]) => !path.startsWith('vendor/')));
