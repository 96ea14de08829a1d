import type { CleanedState } from './cleaned-state.js';

/** The settings of a topic that say when it is compacted. */
export interface CompactionRules {
  readonly minDirtyRatio: number;
  readonly minLagMs: number;
  readonly maxLagMs: number;
  readonly deleteRetentionMs: number;
  readonly segmentBytes: number;
}

/** What is known of a segment without reading it. */
export interface SegmentFacts {
  readonly baseOffset: number;
  readonly endOffset: number;
  readonly size: number;
  readonly firstTime: number;
  readonly lastTime: number;
}

/** The state of a log that its compaction depends on. */
export interface LogFacts<S extends SegmentFacts> {
  /** All segments but the active one, which is never compacted. */
  readonly sealed: readonly S[];
  readonly cleaned: CleanedState;
  /** The records from here on belong to transactions that may still be aborted. */
  readonly stableOffset: number;
  readonly now: number;
}

/** The segments to compact, in groups that become one file each; undefined if it is not time yet. */
export const planCompaction = <S extends SegmentFacts>(
  { sealed, cleaned, stableOffset, now }: LogFacts<S>,
  rules: CompactionRules,
): S[][] | undefined => {
  const isCleanable = ({ endOffset, lastTime }: S): boolean =>
    endOffset <= stableOffset && (rules.minLagMs === 0 || lastTime <= now - rules.minLagMs);
  const blocked = sealed.findIndex((segment) => !isCleanable(segment));
  const cleanable = blocked < 0 ? sealed : sealed.slice(0, blocked);
  const dirty = cleanable.filter(({ endOffset }) => endOffset > cleaned.dirtyFrom);
  if (dirty.length === 0) return undefined;
  const isOverdue = dirty.some(({ firstTime }) => firstTime >= 0 && firstTime < now - rules.maxLagMs);
  const ratio = sizeOf(dirty) / Math.max(1, sizeOf(cleanable));
  return isOverdue || ratio >= rules.minDirtyRatio ? grouped(cleanable, rules.segmentBytes) : undefined;
};

const sizeOf = (segments: readonly SegmentFacts[]): number =>
  segments.reduce((sum, { size }) => sum + size, 0);

/** Neighbours whose records fit into one segment. */
const grouped = <S extends SegmentFacts>(segments: readonly S[], segmentBytes: number): S[][] => {
  const groups: S[][] = [];
  for (const segment of segments) {
    const last = groups.at(-1);
    if (last && sizeOf(last) + segment.size <= segmentBytes) last.push(segment);
    else groups.push([segment]);
  }
  return groups;
};
