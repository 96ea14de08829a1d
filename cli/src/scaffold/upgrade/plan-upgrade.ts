import { addLedger, planEdits } from '../../generate/changes/plan-slice.js';
import { applyEdits } from '../../generate/edits/apply-edits.js';
import { baseFile, hashOf, packBase } from '../../generate/ledger/ledger.js';
import { editChanges, inOrderOf } from './edit-changes.js';
import { mergeTexts } from './merge-texts.js';
import type { Edit } from '../../generate/edits/edit.js';
import type { Ground } from '../../generate/changes/plan-slice.js';
import type { LedgerFile } from '../../generate/ledger/ledger.js';
import type { Slice, SliceFile } from '../../generate/slice.js';

import type { EditChanges } from './edit-changes.js';
import type { Sides } from './merge-texts.js';

export type Contents = Map<string, string | Buffer | null>;

/** What becomes of each file whose template has changed. */
export interface UpgradePlan {
  readonly changes: Contents;
  /** New templates, and pristine files that follow theirs. */
  readonly followed: string[];
  /** Files of a person's, with what the templates changed put in. */
  readonly merged: string[];
  /** The same, where both had changed the same lines. */
  readonly conflicts: string[];
  /** Pristine files whose template is gone. */
  readonly removed: string[];
  /** Files that stay as they are: deleted by a person, changed though their template is gone, or there before. */
  readonly kept: string[];
  /** What a person is to add where, or take out, since its place was not found. */
  readonly byHand: string[];
}

/** A system as it is, and the texts that msx once wrote. */
export interface Past extends Ground {
  readonly base: (hash: string) => string;
}

/** What today's templates make of slices that were generated from those of then. */
export async function planUpgrade(slices: readonly Slice[], past: Past): Promise<UpgradePlan> {
  const draft = new Draft(past, slices);
  for (const slice of slices) {
    for (const file of slice.files) await draft.bring(slice, file);
    draft.drop(slice);
  }
  await draft.editOthers();
  return draft.finish(slices);
}

class Draft {
  readonly changes: Contents = new Map();
  readonly files: Record<string, LedgerFile>;
  private readonly edits: EditChanges;
  private readonly brought = new Set<string>();
  /** Texts that msx would write, which are not what is written where a person had a say. */
  private readonly bases = new Map<string, string>();
  private readonly plan = {
    ...{ followed: [], merged: [], conflicts: [], removed: [], kept: [], byHand: [] },
  } as Record<Exclude<keyof UpgradePlan, 'changes'>, string[]>;

  constructor(
    private readonly past: Past,
    slices: readonly Slice[],
  ) {
    this.files = { ...past.ledger.files };
    this.edits = editChanges(slices, past.ledger);
  }

  async bring(slice: Slice, { path, template, text }: SliceFile): Promise<void> {
    const { ledger, read } = this.past;
    const [known, there] = [ledger.files[path], read(path)];
    this.brought.add(path);
    const base = known && this.past.base(known.hash);
    const wanted = await this.wanted(slice, { path, text, base });
    if (known?.hash === hashOf(wanted)) return;
    if (!known && there !== undefined && there !== wanted) return void this.plan.kept.push(path);
    if (known && there === undefined) return void this.plan.kept.push(path);
    this.files[path] = { slice: slice.id, template, hash: hashOf(wanted) };
    this.bases.set(hashOf(wanted), wanted);
    if (there === wanted) return;
    if (!known || hashOf(there!) === known.hash) {
      this.plan.followed.push(path);
      this.changes.set(path, wanted);
    } else await this.merge(path, { ours: there!, base: base!, theirs: wanted });
  }

  /** Files of the slice that its templates make no more. */
  drop({ id, files }: Slice): void {
    const made = new Set(files.map(({ path }) => path));
    for (const [path, { slice, hash }] of Object.entries(this.past.ledger.files)) {
      if (slice !== id || made.has(path)) continue;
      const there = this.past.read(path);
      delete this.files[path];
      if (there === undefined) continue;
      if (hashOf(there) !== hash) this.plan.kept.push(path);
      else {
        this.plan.removed.push(path);
        this.changes.set(path, null);
      }
    }
  }

  /** New edits of files that no template is for, and those that are no longer made. */
  async editOthers(): Promise<void> {
    const isOther = ({ file }: Edit) => !this.brought.has(file);
    for (const [direction, edits] of [
      ['remove', this.edits.gone],
      ['add', this.edits.fresh],
    ] as const) {
      const before = new Set(this.changes.keys());
      const others = edits.filter(isOther);
      this.plan.byHand.push(...(await planEdits(others, this, { ...this.past, direction })));
      for (const path of this.changes.keys()) if (!before.has(path)) this.plan.merged.push(path);
    }
  }

  finish(slices: readonly Slice[]): UpgradePlan {
    const { ledger } = this.past;
    const known = { ...ledger.slices };
    for (const { id, template, version, inputs, edits } of slices)
      known[id] = { ...(known[id] ?? { template, inputs }), version, edits };
    addLedger(this.changes, { ...ledger, slices: known, files: this.files }, this.past);
    for (const [hash, text] of this.bases)
      if (this.changes.has(baseFile(hash))) this.changes.set(baseFile(hash), packBase(text));
    return { changes: this.changes, ...this.plan };
  }

  /** The text of the template with what slices put into it; formatting is only for what is made here. */
  private async wanted(
    slice: Slice,
    { path, text, base }: { path: string; text: string; base: string | undefined },
  ): Promise<string> {
    const edits = inOrderOf(base ?? text, path, this.edits);
    const edited = (await applyEdits(edits, () => text, 'add')).texts.get(path) ?? text;
    return slice.template === 'system' && edited === text ? text : this.past.format(path, edited);
  }

  /**
   * What edits change is changed in both texts, at the places that the code has for it, so that only what the templates
   * say otherwise is left to be merged by lines.
   */
  private async merge(path: string, { ours, base, theirs }: Sides): Promise<void> {
    const { fresh, gone } = this.edits;
    const mine = await this.edited(path, ours, { gone, added: fresh });
    const then = await this.edited(path, base, { gone, added: inOrderOf(base, path, this.edits) });
    this.plan.byHand.push(...mine.byHand);
    const { text, conflict } = mergeTexts(path, { ours: mine.text, base: then.text, theirs });
    if (text === ours) return;
    this.plan[conflict ? 'conflicts' : 'merged'].push(path);
    this.changes.set(path, text);
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
      text: edited === text ? text : await this.past.format.like(path, text, edited),
      byHand: [...without.byHand, ...byHand],
    };
  }
}
