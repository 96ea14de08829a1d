import { defineEvent } from '@msx/runtime';
import type { Upstream, UpstreamOptions } from '@msx/runtime';
import { asJson, BookService, LoanService, ReaderService } from './contract.fixture.js';
import type { BookStockUpdated, LoanStatusChanged } from './contract.fixture.js';

export const READERS = Symbol('reader-service');
export const BOOKS = Symbol('book-service');
export const LOANS = Symbol('loan-service');

export type Readers = Upstream<typeof ReaderService>;
export type Books = Upstream<typeof BookService>;
export type Loans = Upstream<typeof LoanService>;

export const upstreams: readonly UpstreamOptions[] = [
  { name: 'reader-service', token: READERS, client: ReaderService, service: 'library.v1.ReaderService' },
  { name: 'book-service', token: BOOKS, client: BookService, service: 'library.v1.BookService' },
  { name: 'loan-service', token: LOANS, client: LoanService, service: 'library.v1.LoanService' },
];

export const loanStatusChanged = defineEvent('loan.status.changed', asJson<LoanStatusChanged>());
export const bookStockUpdated = defineEvent('book.stock.updated', asJson<BookStockUpdated>());
