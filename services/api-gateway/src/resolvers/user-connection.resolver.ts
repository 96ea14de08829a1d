import { Roles } from '@msx/runtime';
import { Inject } from '@nestjs/common';
import { Args, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { UserSort as SortMessage } from '../gen/user.js';
import type { UserFilter as FilterMessage } from '../gen/user.js';
import { UserConnection, UserConnectionArgs } from '../models/user-connection.js';
import type { UserFilter } from '../models/user-connection.js';
import { User } from '../models/user.model.js';
import { USERS } from '../upstreams/upstreams.module.js';
import type { Users } from '../upstreams/upstreams.module.js';

@Resolver(() => UserConnection)
export class UserConnectionResolver {
  constructor(@Inject(USERS) private readonly service: Users) {}

  @Roles('admin')
  @Query(() => UserConnection, { nullable: true })
  async usersConnection(@Args() args: UserConnectionArgs): Promise<UserConnection> {
    const { first, after, filter, sort } = args;
    const asked = {
      filter: filter ? toFilter(filter) : undefined,
      sort: SortMessage[`USER_SORT_${sort}`],
      first,
      after: after ?? '',
    };
    const { edges, hasNextPage } = await this.service.read('searchUsers', asked);
    const shown = edges.map(({ user, cursor }) => ({ node: new User(user!), cursor }));
    return new UserConnection({ asked, edges: shown, hasNextPage });
  }

  @ResolveField(() => Int, { nullable: true, description: 'How many there are on all pages.' })
  async totalCount(@Parent() { asked }: UserConnection): Promise<number> {
    return (await this.service.read('countUsers', { filter: asked.filter })).count;
  }
}

function toFilter({ search, createdAfter, createdBefore }: UserFilter): FilterMessage {
  return {
    search: search ?? undefined,
    createdAfter: createdAfter ?? undefined,
    createdBefore: createdBefore ?? undefined,
  };
}
