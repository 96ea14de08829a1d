import { addLedger, planEdits } from '../../generate/changes/plan-slice.js';
import { applyEdits } from '../../generate/edits/apply-edits.js';
import { baseFile, hashOf, packBase } from '../../generate/ledger/ledger.js';
import { editChanges, editsInOrder } from './edit-changes.js';
import { mergeTexts } from './merge-texts.js';
import { userAdditions, withAdditions } from './user-additions.js';
import type { Edit } from '../../generate/edits/edit.js';
import type { ProjectState } from '../../generate/changes/plan-slice.js';
import type { LedgerFile } from '../../generate/ledger/ledger.js';
import type { Slice, SliceFile } from '../../generate/slice.js';

import type { EditChanges } from './edit-changes.js';
import type { GatewayMigration } from './gateway/gateway-migration.js';
import type { Merged, Sides } from './merge-texts.js';

export type Contents = Map<string, string | Buffer | null>;

/** The changes to files whose templates have changed. */
export interface UpgradePlan {
  readonly changes: Contents;
  /** New files, and unchanged ones that follow their template. */
  readonly followed: string[];
  /** Files changed by the user, with the changes of the templates merged in. */
  readonly merged: string[];
  /** Files in which the user and the templates changed the same lines. */
  readonly conflicts: string[];
  /** Unchanged files whose template was removed. */
  readonly removed: string[];
  /**
   * Files that are not touched: deleted by the user, changed while their template was removed, or created by the user.
   */
  readonly kept: string[];
  /** What the user has to add or remove by hand, because its place was not found. */
  readonly byHand: string[];
}

/** The state of a system, and the texts that msx wrote. */
export interface UpgradeContext extends ProjectState {
  readonly base: (hash: string) => string;
  /** Set when the gateway of the system becomes a package. */
  readonly move?: GatewayMigration;
  /** The sources of the gateway, by path. */
  readonly sources?: ReadonlyMap<string, string>;
}

/** Plans the upgrade of generated slices to the current templates. */
export async function planUpgrade(slices: readonly Slice[], context: UpgradeContext): Promise<UpgradePlan> {
  const draft = new UpgradePlanner(context, slices);
  for (const slice of slices) {
    for (const file of slice.files) await draft.bring(slice, file);
    draft.drop(slice);
  }
  await draft.editOthers();
  await draft.moveImports();
  return draft.finish(slices);
}

class UpgradePlanner {
  readonly changes: Contents = new Map();
  readonly files: Record<string, LedgerFile>;
  private readonly edits: EditChanges;
  private readonly brought = new Set<string>();
  /** Files whose templates were removed. */
  private readonly dropped = new Set<string>();
  /** Texts that msx would write; the written ones differ where the user's changes were merged. */
  private readonly bases = new Map<string, string>();
  private readonly plan = {
    ...{ followed: [], merged: [], conflicts: [], removed: [], kept: [], byHand: [] },
  } as Record<Exclude<keyof UpgradePlan, 'changes'>, string[]>;

  constructor(
    private readonly context: UpgradeContext,
    slices: readonly Slice[],
  ) {
    this.files = { ...context.ledger.files };
    this.edits = editChanges(slices, context.ledger);
  }

  async bring(slice: Slice, { path, template, text }: SliceFile): Promise<void> {
    const { ledger, read } = this.context;
    const [known, current] = [ledger.files[path], read(path)];
    this.brought.add(path);
    const base = known && this.context.base(known.hash);
    const wanted = await this.wanted(slice, { path, text, base });
    if (known?.hash === hashOf(wanted)) return;
    if (!known && current !== undefined && current !== wanted) return void this.plan.kept.push(path);
    if (known && current === undefined) return void this.plan.kept.push(path);
    this.files[path] = { slice: slice.id, template, hash: hashOf(wanted) };
    this.bases.set(hashOf(wanted), wanted);
    if (current === wanted) return;
    if (!known || hashOf(current!) === known.hash) {
      this.plan.followed.push(path);
      this.changes.set(path, wanted);
    } else await this.merge(path, { ours: current!, base: base!, theirs: wanted });
  }

  /** Drops files of the slice whose templates were removed. */
  drop({ id, files }: Slice): void {
    const made = new Set(files.map(({ path }) => path));
    for (const [path, { slice, hash }] of Object.entries(this.context.ledger.files)) {
      if (slice !== id || made.has(path)) continue;
      const current = this.context.read(path);
      delete this.files[path];
      this.dropped.add(path);
      if (current === undefined) continue;
      if (hashOf(current) !== hash) this.keep(path);
      else {
        this.plan.removed.push(path);
        this.changes.set(path, null);
      }
    }
  }

  private keep(path: string): void {
    this.plan.kept.push(path);
    const instead = this.context.move?.replacement(path);
    if (instead) this.plan.byHand.push(`${path}: ${instead}`);
  }

  /** Updates the imports in the user's own files. */
  async moveImports(): Promise<void> {
    const { move, sources, format } = this.context;
    for (const [path, before] of move && sources ? sources : []) {
      if (this.changes.has(path)) continue;
      const { text, byHand } = move!.imports(path, before);
      this.plan.byHand.push(...byHand.map((each) => `${path}: ${each}`));
      if (text === before) continue;
      this.plan.merged.push(path);
      this.changes.set(path, await format.like(path, before, text));
    }
  }

  /** Adds and removes edits in files without a template. */
  async editOthers(): Promise<void> {
    const isOther = ({ file }: Edit) => !this.brought.has(file) && !this.dropped.has(file);
    for (const [direction, edits] of [
      ['remove', this.edits.gone],
      ['add', this.edits.fresh],
    ] as const) {
      const before = new Set(this.changes.keys());
      const others = edits.filter(isOther);
      this.plan.byHand.push(...(await planEdits(others, this, { ...this.context, direction })));
      for (const path of this.changes.keys()) if (!before.has(path)) this.plan.merged.push(path);
    }
  }

  finish(slices: readonly Slice[]): UpgradePlan {
    const { ledger } = this.context;
    const known = { ...ledger.slices };
    for (const { id, template, version, inputs, edits } of slices)
      known[id] = { ...(known[id] ?? { template, inputs }), version, edits };
    addLedger(this.changes, { ...ledger, slices: known, files: this.files }, this.context);
    for (const [hash, text] of this.bases)
      if (this.changes.has(baseFile(hash))) this.changes.set(baseFile(hash), packBase(text));
    return { changes: this.changes, ...this.plan };
  }

  /** The text of the template with the edits of slices; only files that msx generates in the system are formatted. */
  private async wanted(
    slice: Slice,
    { path, text, base }: { path: string; text: string; base: string | undefined },
  ): Promise<string> {
    const edits = editsInOrder(base ?? text, path, this.edits);
    const moved = this.moved(path, text);
    const edited = (await applyEdits(edits, () => moved, 'add')).texts.get(path) ?? moved;
    return slice.template === 'system' && edited === text ? text : this.context.format(path, edited);
  }

  /** Applies edits to both texts structurally, so that only changes of the templates themselves are merged by lines. */
  private async merge(path: string, { ours, base, theirs }: Sides): Promise<void> {
    const { fresh, gone } = this.edits;
    const mine = await this.edited(path, this.moved(path, ours), { gone, added: fresh });
    const added = editsInOrder(base, path, this.edits);
    const then = await this.edited(path, this.moved(path, base), { gone, added });
    this.plan.byHand.push(...mine.byHand);
    const { text, conflict } = await this.merged(path, { ours: mine.text, base: then.text, theirs });
    if (text === ours) return;
    this.plan[conflict ? 'conflicts' : 'merged'].push(path);
    this.changes.set(path, text);
  }

  /** Merges by lines. On a conflict, re-applies the additions of the user, if they changed nothing else. */
  private async merged(path: string, sides: Sides): Promise<Merged> {
    const byLines = mergeTexts(path, sides);
    const additions =
      byLines.conflict && path.endsWith('.ts') ? userAdditions(path, sides.base, sides.ours) : undefined;
    const text = additions && withAdditions(sides.theirs, additions);
    if (text === undefined) return byLines;
    return { text: await this.context.format.like(path, sides.theirs, text), conflict: false };
  }

  private moved(path: string, text: string): string {
    return this.context.move?.imports(path, text).text ?? text;
  }

  private async edited(
    path: string,
    text: string,
    { gone, added }: { gone: readonly Edit[]; added: readonly Edit[] },
  ): Promise<{ text: string; byHand: string[] }> {
    const here = (edits: readonly Edit[]) => edits.filter(({ file }) => file === path);
    const without = await applyEdits(here(gone), () => text, 'remove');
    const rest = without.texts.get(path) ?? text;
    const { texts, byHand } = await applyEdits(here(added), () => rest, 'add');
    const edited = texts.get(path) ?? rest;
    return {
      text: edited === text ? text : await this.context.format.like(path, text, edited),
      byHand: [...without.byHand, ...byHand],
    };
  }
}
