import { merge } from 'node-diff3';

export interface Merged {
  readonly text: string;
  /**
   * Whether both sides changed the same lines; the text then contains both, between conflict markers like those of git.
   */
  readonly conflict: boolean;
}

export interface Sides {
  /** The user's text. */
  readonly ours: string;
  /** The text that msx wrote. */
  readonly base: string;
  /** The text that msx would write now. */
  readonly theirs: string;
}

/** Merges the changes of the user and of the templates to a text. */
export function mergeTexts(path: string, sides: Sides): Merged {
  const json = path.endsWith('.json') ? mergeJson(sides) : undefined;
  return json === undefined ? mergeLines(sides) : { text: json, conflict: false };
}

function mergeLines({ ours, base, theirs }: Sides): Merged {
  const label = { a: 'yours', b: 'msx' };
  const { conflict, result } = merge(linesOf(ours), linesOf(base), linesOf(theirs), {
    excludeFalseConflicts: true,
    label,
  });
  return { text: result.join('\n'), conflict };
}

const linesOf = (text: string) => text.split('\n');

type Json = Record<string, unknown>;

/**
 * Merges by key, because two added dependencies may touch the same lines without a conflict. Undefined when that is not
 * possible.
 */
function mergeJson({ ours, base, theirs }: Sides): string | undefined {
  try {
    const merged = mergeValues(JSON.parse(ours), JSON.parse(base), JSON.parse(theirs));
    return merged === CONFLICT ? undefined : JSON.stringify(merged, null, 2) + '\n';
  } catch {
    return undefined;
  }
}

const CONFLICT = Symbol('conflict');

function mergeValues(ours: unknown, base: unknown, theirs: unknown): unknown {
  if (same(ours, theirs) || same(theirs, base)) return ours;
  if (same(ours, base)) return theirs;
  if (!isObject(ours) || !isObject(base) || !isObject(theirs)) return CONFLICT;
  const merged: Json = {};
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const value = mergeValues(ours[key], base[key], theirs[key]);
    if (value === CONFLICT) return CONFLICT;
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
