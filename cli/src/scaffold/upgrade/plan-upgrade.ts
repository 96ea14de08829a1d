import { addLedger, withEditsOfOthers } from '../../generate/changes/plan-slice.js';
import { baseFile, hashOf, packBase } from '../../generate/ledger/ledger.js';
import { mergeTexts } from './merge-texts.js';
import type { Ground } from '../../generate/changes/plan-slice.js';
import type { LedgerFile } from '../../generate/ledger/ledger.js';
import type { Slice, SliceFile } from '../../generate/slice.js';

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
}

/** A system as it is, and the texts that msx once wrote. */
export interface Past extends Ground {
  readonly base: (hash: string) => string;
}

/** What today's templates make of slices that were generated from those of then. */
export async function planUpgrade(slices: readonly Slice[], past: Past): Promise<UpgradePlan> {
  const draft = new Draft(past);
  for (const slice of slices) {
    for (const file of slice.files) await draft.bring(slice, file);
    draft.drop(slice);
  }
  return draft.finish(slices);
}

class Draft {
  readonly changes: Contents = new Map();
  private readonly files: Record<string, LedgerFile>;
  /** Texts that msx would write, which are not what is written where a person had a say. */
  private readonly bases = new Map<string, string>();
  private readonly plan = { followed: [], merged: [], conflicts: [], removed: [], kept: [] } as Record<
    Exclude<keyof UpgradePlan, 'changes'>,
    string[]
  >;

  constructor(private readonly past: Past) {
    this.files = { ...past.ledger.files };
  }

  async bring(slice: Slice, { path, template, text }: SliceFile): Promise<void> {
    const { ledger, read } = this.past;
    const [known, there] = [ledger.files[path], read(path)];
    const wanted = await this.wanted(slice, path, text);
    if (known?.hash === hashOf(wanted)) return;
    if (!known && there !== undefined && there !== wanted) return void this.plan.kept.push(path);
    if (known && there === undefined) return void this.plan.kept.push(path);
    this.files[path] = { slice: slice.id, template, hash: hashOf(wanted) };
    this.bases.set(hashOf(wanted), wanted);
    if (there === wanted) return;
    if (!known || hashOf(there!) === known.hash) {
      this.plan.followed.push(path);
      this.changes.set(path, wanted);
    } else this.merge(path, { ours: there!, base: this.past.base(known.hash), theirs: wanted });
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

  finish(slices: readonly Slice[]): UpgradePlan {
    const { ledger } = this.past;
    const known = { ...ledger.slices };
    for (const { id, version } of slices) known[id] = { ...known[id]!, version };
    addLedger(this.changes, { ...ledger, slices: known, files: this.files }, this.past);
    for (const [hash, text] of this.bases)
      if (this.changes.has(baseFile(hash))) this.changes.set(baseFile(hash), packBase(text));
    return { changes: this.changes, ...this.plan };
  }

  /** The text of the template with what other slices put into it; formatting is only for what is made here. */
  private async wanted(slice: Slice, path: string, text: string): Promise<string> {
    const { ledger, format } = this.past;
    const edited = await withEditsOfOthers(path, text, { ledger, id: slice.id });
    return slice.template === 'system' && edited === text ? text : format(path, edited);
  }

  private merge(path: string, sides: { ours: string; base: string; theirs: string }): void {
    const { text, conflict } = mergeTexts(path, sides);
    this.plan[conflict ? 'conflicts' : 'merged'].push(path);
    if (text !== sides.ours) this.changes.set(path, text);
  }
}
