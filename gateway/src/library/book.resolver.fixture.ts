import { Roles, toMoney } from '@msx/runtime';
import { Inject } from '@nestjs/common';
import { Args, Int, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { IdArgs } from '../models/id.args.js';
import { Changes } from '../subscriptions/changes.js';
import {
  Book,
  BookIdArgs,
  BooksArgs,
  BookStockChange,
  CreateBookArgs,
  UpdateBookArgs,
} from './books.fixture.js';
import type { BookStockUpdated } from './contract.fixture.js';
import { BOOKS, bookStockUpdated } from './upstreams.fixture.js';
import type { Books } from './upstreams.fixture.js';

@Resolver(() => Book)
export class BookResolver {
  constructor(
    @Inject(BOOKS) private readonly service: Books,
    private readonly changes: Changes,
  ) {}

  @Query(() => [Book], { nullable: true })
  async books(@Args() { page, limit, category }: BooksArgs): Promise<Book[]> {
    const { books } = await this.service.read('listBooks', { page, limit, category: category ?? undefined });
    return books.map((message) => new Book(message));
  }

  @Query(() => Int, { nullable: true })
  async booksCount(): Promise<number> {
    return (await this.service.read('countBooks', {})).count;
  }

  @Query(() => Book, { nullable: true })
  async book(@Args() { id }: IdArgs): Promise<Book> {
    return new Book((await this.service.read('getBook', { id })).book);
  }

  @Roles('admin')
  @Mutation(() => Book, { nullable: true })
  async createBook(@Args() { price, ...rest }: CreateBookArgs): Promise<Book> {
    return new Book((await this.service.call('createBook', { ...rest, price: toMoney(price) })).book);
  }

  @Roles('admin')
  @Mutation(() => Book, { nullable: true })
  async updateBook(@Args() { id, name }: UpdateBookArgs): Promise<Book> {
    return new Book((await this.service.call('updateBook', { id, name: name ?? undefined })).book);
  }

  @Roles('admin')
  @Mutation(() => Book, { nullable: true })
  async deleteBook(@Args() { id }: IdArgs): Promise<Book> {
    return new Book((await this.service.call('deleteBook', { id })).book);
  }

  @Subscription(() => BookStockChange, {
    resolve: (event: BookStockUpdated) => new BookStockChange(event),
  })
  async bookStockChanged(@Args() { bookId }: BookIdArgs): Promise<AsyncIterableIterator<BookStockUpdated>> {
    await this.service.read('getBook', { id: bookId });
    return this.changes.follow(bookStockUpdated, (event) => event.bookId === bookId);
  }
}
