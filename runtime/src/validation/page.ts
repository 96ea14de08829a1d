import { Validation } from './validation.js';

export interface Page {
  /** From 1; 0 (unset) means 1. */
  readonly page: number;
  /** 1 to MAX_LIMIT; 0 (unset) means DEFAULT_LIMIT. */
  readonly limit: number;
}

/** The default page size. */
export const DEFAULT_LIMIT = 10;
/** The largest page size. */
export const MAX_LIMIT = 100;
const MAX_PAGE = 2 ** 31 - 1;
/** The largest number of ids in one batch. */
export const MAX_BATCH = 1_000;

/** The rows a page covers. @throws DomainError VALIDATION_FAILED */
export function rowsOf(request: Page): { skip: number; take: number } {
  const page = request.page === 0 ? 1 : request.page;
  const limit = limitOf(request.limit);
  new Validation()
    .integer(page, 'page', { min: 1, max: MAX_PAGE })
    .integer(limit, 'limit', { min: 1, max: MAX_LIMIT })
    .done();
  return { skip: (page - 1) * limit, take: limit };
}

/** proto3 does not distinguish an unset number from 0, and 0 is not a valid page size: it means the default. */
export const limitOf = (limit: number): number => (limit === 0 ? DEFAULT_LIMIT : limit);

/** Limits the number of ids in a batch request. @throws DomainError VALIDATION_FAILED */
export function checkBatch(ids: readonly string[]): void {
  new Validation().check(ids.length <= MAX_BATCH, 'ids', `must have at most ${MAX_BATCH} entries`).done();
}
