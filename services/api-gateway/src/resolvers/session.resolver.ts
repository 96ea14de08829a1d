import { LoginLimit } from '@msx/gateway';
import type { GraphqlContext } from '@msx/gateway';
import { currentPrincipal, Public } from '@msx/runtime';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { LoginArgs, RefreshTokenArgs } from '../models/session.args.js';
import { Session } from '../models/session.model.js';
import { User } from '../models/user.model.js';
import { USERS } from '../upstreams/upstreams.js';
import type { Users } from '../upstreams/upstreams.js';

@Resolver(() => Session)
export class SessionResolver {
  constructor(
    @Inject(USERS) private readonly users: Users,
    private readonly limit: LoginLimit,
  ) {}

  @Public()
  @Mutation(() => Session, { nullable: true })
  async login(
    @Args() { email, password }: LoginArgs,
    @Context() { address }: GraphqlContext,
  ): Promise<Session> {
    await this.limit.take(address, email);
    return new Session(await this.users.call('login', { email, password }));
  }

  @Public()
  @Mutation(() => Session, {
    nullable: true,
    description: 'Exchanges a refresh token for new tokens; each works once.',
  })
  async refreshToken(@Args() { refreshToken }: RefreshTokenArgs): Promise<Session> {
    return new Session(await this.users.call('refreshToken', { refreshToken }));
  }

  @Public()
  @Mutation(() => Boolean, {
    nullable: true,
    description: 'Ends the session of a refresh token; ending it again changes nothing.',
  })
  async logout(@Args() { refreshToken }: RefreshTokenArgs): Promise<boolean> {
    await this.users.call('logout', { refreshToken }, { idempotent: true });
    return true;
  }

  @Query(() => User, {
    nullable: true,
    description: 'The signed-in user; null for a request without a token.',
  })
  async me(): Promise<User | null> {
    const principal = currentPrincipal();
    if (!principal) return null;
    const { user } = await this.users.read('getUser', { id: principal.id });
    return new User(user!);
  }
}
