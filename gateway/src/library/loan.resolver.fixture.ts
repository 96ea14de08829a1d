import { currentPrincipal, mayActFor, requireSelf, toMoney } from '@msx/runtime';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { Owner } from '../auth/owner.js';
import type { GraphqlContext } from '../graphql/graphql-context.js';
import { IdArgs } from '../models/id.args.js';
import { Changes } from '../subscriptions/changes.js';
import type { LoanStatusChanged } from './contract.fixture.js';
import {
  CreateLoanArgs,
  Loan,
  LoanStatusChange,
  LoanStatusChangedArgs,
  ReaderLoansArgs,
} from './loans.fixture.js';
import { LOANS, loanStatusChanged } from './upstreams.fixture.js';
import type { Loans } from './upstreams.fixture.js';

@Resolver(() => Loan)
export class LoanResolver {
  constructor(
    @Inject(LOANS) private readonly service: Loans,
    private readonly changes: Changes,
  ) {}

  @Owner('readerId')
  @Query(() => [Loan], { nullable: true })
  async readerLoans(@Args() { readerId, page, limit }: ReaderLoansArgs): Promise<Loan[]> {
    const { loans } = await this.service.read('listReaderLoans', { readerId, page, limit });
    return loans.map((message) => new Loan(message));
  }

  @Query(() => Loan, { nullable: true })
  async loan(@Args() { id }: IdArgs): Promise<Loan> {
    return new Loan((await this.service.read('getLoan', { id })).loan);
  }

  @Owner('readerId')
  @Mutation(() => Loan, { nullable: true })
  async createLoan(
    @Args() { readerId, items }: CreateLoanArgs,
    @Context() { idempotencyKey }: GraphqlContext,
  ): Promise<Loan> {
    const requested = items.map(({ bookId, quantity, price }) => ({
      bookId,
      quantity,
      price: toMoney(price ?? 0),
    }));
    const options = { idempotent: idempotencyKey !== '' };
    return new Loan((await this.service.call('createLoan', { readerId, items: requested }, options)).loan);
  }

  @Subscription(() => LoanStatusChange, {
    resolve: (event: LoanStatusChanged) => new LoanStatusChange(event),
  })
  async loanStatusChanged(
    @Args() { readerId, loanId }: LoanStatusChangedArgs,
  ): Promise<AsyncIterableIterator<LoanStatusChanged>> {
    if (readerId) requireSelf(readerId);
    if (loanId) await this.service.read('getLoan', { id: loanId });
    const principal = currentPrincipal();
    return this.changes.follow(
      loanStatusChanged,
      (event) =>
        (!readerId || event.readerId === readerId) && (!principal || mayActFor(event.readerId, principal)),
    );
  }
}
