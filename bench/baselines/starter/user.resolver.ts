import { Inject } from '@nestjs/common';
import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import type { ClientGrpc } from '@nestjs/microservices';
import { firstValueFrom, type Observable } from 'rxjs';
import { User } from './models.js';

export interface UserMessage {
  id: string;
  name: string;
  email: string;
  createdAt: { seconds: { toNumber(): number }; nanos: number };
}

export interface UserService {
  listUsers(request: { page: number; limit: number }): Observable<{ users?: UserMessage[] }>;
  getUser(request: { id: string }): Observable<{ user: UserMessage }>;
}

export function toUser({ createdAt, ...user }: UserMessage): User {
  return { ...user, createdAt: new Date(createdAt.seconds.toNumber() * 1000 + createdAt.nanos / 1e6) };
}

@Resolver(() => User)
export class UserResolver {
  private service!: UserService;

  constructor(@Inject('USER_PACKAGE') private readonly client: ClientGrpc) {}

  onModuleInit() {
    this.service = this.client.getService<UserService>('UserService');
  }

  @Query(() => [User])
  async users(
    @Args('page', { type: () => Int, defaultValue: 1 }) page: number,
    @Args('limit', { type: () => Int, defaultValue: 10 }) limit: number,
  ): Promise<User[]> {
    const { users = [] } = await firstValueFrom(this.service.listUsers({ page, limit }));
    return users.map(toUser);
  }
}
