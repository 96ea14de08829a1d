import { IdArgs, LoginLimit, Owner, PageArgs } from '@msx/gateway';
import type { GraphqlContext } from '@msx/gateway';
import { Public, Roles } from '@msx/runtime';
import { Inject } from '@nestjs/common';
import { Args, Context, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CreateUserArgs, UpdateUserArgs } from '../models/user.args.js';
import { User } from '../models/user.model.js';
import { USERS } from '../upstreams/upstreams.js';
import type { Users } from '../upstreams/upstreams.js';

@Resolver(() => User)
export class UserResolver {
  constructor(
    @Inject(USERS) private readonly service: Users,
    private readonly limit: LoginLimit,
  ) {}

  @Roles('admin')
  @Query(() => [User], { nullable: true, description: 'Users, sorted by creation time.' })
  async users(@Args() { page, limit }: PageArgs): Promise<User[]> {
    const { users } = await this.service.read('listUsers', { page, limit });
    return users.map((message) => new User(message));
  }

  @Roles('admin')
  @Query(() => Int, { nullable: true })
  async usersCount(): Promise<number> {
    return (await this.service.read('countUsers', {})).count;
  }

  @Owner('id')
  @Query(() => User, { nullable: true })
  async user(@Args() { id }: IdArgs): Promise<User> {
    const { user } = await this.service.read('getUser', { id });
    return new User(user!);
  }

  @Public()
  @Mutation(() => User, { nullable: true })
  async createUser(
    @Args() { name, email, password }: CreateUserArgs,
    @Context() { address }: GraphqlContext,
  ): Promise<User> {
    await this.limit.takeHash(address);
    const { user } = await this.service.call('createUser', { name, email, password });
    return new User(user!);
  }

  @Owner('id')
  @Mutation(() => User, {
    nullable: true,
    description: 'Updates the given fields. A new password or e-mail address ends all sessions.',
  })
  async updateUser(
    @Args() { id, name, email, password, currentPassword }: UpdateUserArgs,
    @Context() { address }: GraphqlContext,
  ): Promise<User> {
    if (currentPassword) await this.limit.take(address, id);
    if (password) await this.limit.takeHash(address);
    const { user } = await this.service.call('updateUser', {
      id,
      name: name ?? undefined,
      email: email ?? undefined,
      password: password ?? undefined,
      currentPassword: currentPassword ?? undefined,
    });
    return new User(user!);
  }
}
