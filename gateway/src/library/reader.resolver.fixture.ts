import { currentPrincipal, Public, Roles } from '@msx/runtime';
import { Inject } from '@nestjs/common';
import { Args, Context, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { LoginLimit } from '../auth/login-limit.js';
import { Owner } from '../auth/owner.js';
import type { GraphqlContext } from '../graphql/graphql-context.js';
import { IdArgs } from '../models/id.args.js';
import { PageArgs } from '../models/page.args.js';
import {
  CreateReaderArgs,
  LoginArgs,
  Reader,
  ReaderConnection,
  ReaderConnectionArgs,
  RefreshTokenArgs,
  Session,
  UpdateReaderArgs,
} from './readers.fixture.js';
import { READERS } from './upstreams.fixture.js';
import type { Readers } from './upstreams.fixture.js';

@Resolver(() => Reader)
export class ReaderResolver {
  constructor(
    @Inject(READERS) private readonly service: Readers,
    private readonly limit: LoginLimit,
  ) {}

  @Roles('admin')
  @Query(() => [Reader], { nullable: true })
  async readers(@Args() { page, limit }: PageArgs): Promise<Reader[]> {
    const { readers } = await this.service.read('listReaders', { page, limit });
    return readers.map((message) => new Reader(message));
  }

  @Roles('admin')
  @Query(() => Int, { nullable: true })
  async readersCount(): Promise<number> {
    return (await this.service.read('countReaders', {})).count;
  }

  @Owner('id')
  @Query(() => Reader, { nullable: true })
  async reader(@Args() { id }: IdArgs): Promise<Reader> {
    return new Reader((await this.service.read('getReader', { id })).reader);
  }

  @Query(() => Reader, { nullable: true })
  async me(): Promise<Reader | null> {
    const principal = currentPrincipal();
    if (!principal) return null;
    return new Reader((await this.service.read('getReader', { id: principal.id })).reader);
  }

  @Public()
  @Mutation(() => Reader, { nullable: true })
  async createReader(
    @Args() { name, email }: CreateReaderArgs,
    @Context() { address }: GraphqlContext,
  ): Promise<Reader> {
    await this.limit.takeHash(address);
    return new Reader((await this.service.call('createReader', { name, email })).reader);
  }

  @Owner('id')
  @Mutation(() => Reader, { nullable: true })
  async updateReader(
    @Args() { id, name, password, currentPassword }: UpdateReaderArgs,
    @Context() { address }: GraphqlContext,
  ): Promise<Reader> {
    if (currentPassword) await this.limit.take(address, id);
    if (password) await this.limit.takeHash(address);
    return new Reader((await this.service.call('updateReader', { id, name: name ?? undefined })).reader);
  }

  @Public()
  @Mutation(() => Session, { nullable: true })
  async login(
    @Args() { email, password }: LoginArgs,
    @Context() { address }: GraphqlContext,
  ): Promise<Session> {
    await this.limit.take(address, email);
    return new Session(await this.service.call('login', { email, password }));
  }

  @Public()
  @Mutation(() => Session, { nullable: true })
  async refreshToken(@Args() { refreshToken }: RefreshTokenArgs): Promise<Session> {
    return new Session(await this.service.call('refreshToken', { refreshToken }));
  }

  @Public()
  @Mutation(() => Boolean, { nullable: true })
  async logout(@Args() { refreshToken }: RefreshTokenArgs): Promise<boolean> {
    await this.service.call('logout', { refreshToken }, { idempotent: true });
    return true;
  }
}

@Resolver(() => ReaderConnection)
export class ReaderConnectionResolver {
  constructor(@Inject(READERS) private readonly service: Readers) {}

  @Roles('admin')
  @Query(() => ReaderConnection, { nullable: true })
  async readersConnection(@Args() { first, after, filter }: ReaderConnectionArgs): Promise<ReaderConnection> {
    const request = {
      first,
      after: after ?? '',
      filter: {
        search: filter?.search ?? undefined,
        createdAfter: filter?.createdAfter ?? undefined,
        createdBefore: filter?.createdBefore ?? undefined,
      },
    };
    const { edges, hasNextPage } = await this.service.read('searchReaders', request);
    const nodeEdges = edges.map(({ reader, cursor }) => ({ node: new Reader(reader), cursor }));
    return new ReaderConnection({ request, edges: nodeEdges, hasNextPage });
  }

  @ResolveField(() => Int, { nullable: true })
  async totalCount(@Parent() { request }: ReaderConnection): Promise<number> {
    return (await this.service.read('countReaders', { filter: request.filter })).count;
  }
}
