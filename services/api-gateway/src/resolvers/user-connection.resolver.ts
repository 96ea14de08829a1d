import { Roles } from '@msx/runtime';
import { Inject } from '@nestjs/common';
import { Args, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { UserSort as SortMessage } from '../gen/user.js';
import type { UserFilter as FilterMessage } from '../gen/user.js';
import { UserConnection, UserConnectionArgs } from '../models/user-connection.js';
import type { UserFilter } from '../models/user-connection.js';
import { User } from '../models/user.model.js';
import { USERS } from '../upstreams/upstreams.js';
import type { Users } from '../upstreams/upstreams.js';

@Resolver(() => UserConnection)
export class UserConnectionResolver {
  constructor(@Inject(USERS) private readonly service: Users) {}

  @Roles('admin')
  @Query(() => UserConnection, { nullable: true })
  async usersConnection(@Args() args: UserConnectionArgs): Promise<UserConnection> {
    const { first, after, filter, sort } = args;
    const request = {
      filter: filter ? toFilter(filter) : undefined,
      sort: SortMessage[`USER_SORT_${sort}`],
      first,
      after: after ?? '',
    };
    const { edges, hasNextPage } = await this.service.read('searchUsers', request);
    const nodeEdges = edges.map(({ user, cursor }) => ({ node: new User(user!), cursor }));
    return new UserConnection({ request, edges: nodeEdges, hasNextPage });
  }

  @ResolveField(() => Int, { nullable: true, description: 'The number of matches on all pages.' })
  async totalCount(@Parent() { request }: UserConnection): Promise<number> {
    return (await this.service.read('countUsers', { filter: request.filter })).count;
  }
}

function toFilter({ search, createdAfter, createdBefore }: UserFilter): FilterMessage {
  return {
    search: search ?? undefined,
    createdAfter: createdAfter ?? undefined,
    createdBefore: createdBefore ?? undefined,
  };
}
