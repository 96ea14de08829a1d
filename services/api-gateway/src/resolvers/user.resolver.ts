import { Public, Roles } from '@msx/runtime';
import { Inject } from '@nestjs/common';
import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Owner } from '../auth/owner.js';
import { IdArgs } from '../models/id.args.js';
import { PageArgs } from '../models/page.args.js';
import { CreateUserArgs, UpdateUserArgs } from '../models/user.args.js';
import { User } from '../models/user.model.js';
import { USERS } from '../upstreams/upstreams.module.js';
import type { Users } from '../upstreams/upstreams.module.js';

@Resolver(() => User)
export class UserResolver {
  constructor(@Inject(USERS) private readonly service: Users) {}

  @Roles('admin')
  @Query(() => [User], { nullable: true, description: 'In order of creation.' })
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
  async createUser(@Args() { name, email, password }: CreateUserArgs): Promise<User> {
    const { user } = await this.service.call('createUser', { name, email, password });
    return new User(user!);
  }

  @Owner('id')
  @Mutation(() => User, { nullable: true, description: 'Changes the fields that are given.' })
  async updateUser(@Args() { id, name, email, password }: UpdateUserArgs): Promise<User> {
    const { user } = await this.service.call('updateUser', {
      id,
      name: name ?? undefined,
      email: email ?? undefined,
      password: password ?? undefined,
    });
    return new User(user!);
  }
}
