import DataLoader from 'dataloader';

/** Answers null for an id that no entity has. */
export type EntityLoader<T> = DataLoader<string, T | null>;

/** What the batch RPCs accept at most (see the .proto files). */
const MAX_IDS = 1000;

/** A loader over a call that answers in any order and leaves out what it does not know. */
export function batched<T extends { id: string }>(fetch: (ids: string[]) => Promise<T[]>): EntityLoader<T> {
  return new DataLoader(
    async (ids) => {
      const found = new Map((await fetch([...ids])).map((entity) => [entity.id, entity]));
      return ids.map((id) => found.get(id) ?? null);
    },
    { maxBatchSize: MAX_IDS },
  );
}
