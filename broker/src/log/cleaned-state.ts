/** How far a log is compacted, and since when. */
export interface CleanedState {
  /** All records before this offset were compacted. */
  readonly dirtyFrom: number;
  /** When the records before an offset were compacted for the first time, oldest first. */
  readonly rounds: readonly Round[];
}

interface Round {
  readonly end: number;
  readonly time: number;
}

/** More rounds are merged: tombstones then stay a little longer. */
const MAX_ROUNDS = 64;

export const neverCleaned: CleanedState = { dirtyFrom: 0, rounds: [] };

/** The state after a round that compacted everything before `end`. */
export const afterRound = (state: CleanedState, end: number, time: number): CleanedState => {
  const rounds = [...state.rounds, { end, time }];
  const surplus = Math.max(0, rounds.length - MAX_ROUNDS);
  return { dirtyFrom: end, rounds: rounds.filter((_, i) => i === 0 || i > surplus) };
};

/**
 * Tombstones before this offset may be removed: they were part of a compacted log for `delete.retention.ms`, so that a
 * consumer that began to read before that has seen them.
 */
export const tombstonesExpiredBefore = ({ rounds }: CleanedState, retentionMs: number, now: number): number =>
  rounds.reduce((end, round) => (round.time + retentionMs <= now ? Math.max(end, round.end) : end), 0);

export const parseCleanedState = (json: string): CleanedState => {
  const { dirtyFrom, rounds } = JSON.parse(json) as Partial<CleanedState>;
  return typeof dirtyFrom === 'number' && Array.isArray(rounds) ? { dirtyFrom, rounds } : neverCleaned;
};
