import { Validation } from './validation.js';

export interface Page {
  /** From 1. */
  readonly page: number;
  /** 1 to 100. */
  readonly limit: number;
}

const MAX_PAGE = 2 ** 31 - 1;
const MAX_LIMIT = 100;
const MAX_BATCH = 1_000;

/** The rows a page covers. @throws DomainError VALIDATION_FAILED */
export function rowsOf({ page, limit }: Page): { skip: number; take: number } {
  new Validation()
    .integer(page, 'page', { min: 1, max: MAX_PAGE })
    .integer(limit, 'limit', { min: 1, max: MAX_LIMIT })
    .done();
  return { skip: (page - 1) * limit, take: limit };
}

/** Bounds what one batch get may ask for. @throws DomainError VALIDATION_FAILED */
export function checkBatch(ids: readonly string[]): void {
  new Validation().check(ids.length <= MAX_BATCH, 'ids', `must be at most ${MAX_BATCH}`).done();
}
