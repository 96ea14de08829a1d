import { DomainError, MAX_BATCH } from '@msx/runtime';
import DataLoader from 'dataloader';

/** Loads null for an id that does not exist. */
export type EntityLoader<T> = DataLoader<string, T | null>;

export type Fetch<T> = (ids: string[]) => Promise<T[]>;

/** A loader for a call that returns entities in any order and leaves out unknown ids. */
export function batched<T extends { id: string }>(fetch: Fetch<T>): EntityLoader<T> {
  return new DataLoader(
    async (ids) => {
      const found = new Map((await fetchAll(fetch, [...ids])).map((entity) => [entity.id, entity]));
      return ids.map((id) => found.get(id) ?? null);
    },
    { maxBatchSize: MAX_BATCH },
  );
}

/** A response that is too large for one message is requested in halves; a single row always fits. */
async function fetchAll<T>(fetch: Fetch<T>, ids: string[]): Promise<T[]> {
  try {
    return await fetch(ids);
  } catch (error) {
    if (ids.length === 1 || !isTooLarge(error)) throw error;
    const half = Math.ceil(ids.length / 2);
    const halves = [ids.slice(0, half), ids.slice(half)];
    return (await Promise.all(halves.map((one) => fetchAll(fetch, one)))).flat();
  }
}

/** gRPC's own error for an oversized message; services do not use this reason. */
function isTooLarge(error: unknown): boolean {
  return error instanceof DomainError && error.reason === 'RESOURCE_EXHAUSTED';
}
