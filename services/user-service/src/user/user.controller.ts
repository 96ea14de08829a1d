import { ADMIN, currentPrincipal, mayActFor, Public, requireSelf, Roles } from '@msx/runtime';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type * as proto from '../gen/user.js';
import { sortOf } from './user.filter.js';
import { toMessage } from './user.message.js';
import { UserService } from './user.service.js';

type Sessions = 'login' | 'refreshToken' | 'logout';

@Controller()
export class UserController implements Omit<proto.UserService, Sessions> {
  constructor(private readonly users: UserService) {}

  @Public()
  @GrpcMethod('UserService')
  async createUser(request: proto.CreateUserRequest): Promise<proto.CreateUserResponse> {
    return { user: toMessage(await this.users.create(request)) };
  }

  @GrpcMethod('UserService')
  async getUser({ id }: proto.GetUserRequest): Promise<proto.GetUserResponse> {
    requireSelf(id);
    return { user: toMessage(await this.users.get(id)) };
  }

  @GrpcMethod('UserService')
  async batchGetUsers({ ids }: proto.BatchGetUsersRequest): Promise<proto.BatchGetUsersResponse> {
    const visible = ids.filter((id) => mayActFor(id));
    return { users: (await this.users.batch(visible)).map(toMessage) };
  }

  @Roles('admin')
  @GrpcMethod('UserService')
  async listUsers(request: proto.ListUsersRequest): Promise<proto.ListUsersResponse> {
    return { users: (await this.users.list(request)).map(toMessage) };
  }

  @Roles('admin')
  @GrpcMethod('UserService')
  async countUsers({ filter }: proto.CountUsersRequest): Promise<proto.CountUsersResponse> {
    return { count: await this.users.count(filter) };
  }

  @Roles('admin')
  @GrpcMethod('UserService')
  async searchUsers(request: proto.SearchUsersRequest): Promise<proto.SearchUsersResponse> {
    const { filter = {}, sort, ...slice } = request;
    const { edges, hasNextPage } = await this.users.search(filter, sortOf(sort), slice);
    return { edges: edges.map(({ node, cursor }) => ({ user: toMessage(node), cursor })), hasNextPage };
  }

  @GrpcMethod('UserService')
  async updateUser(request: proto.UpdateUserRequest): Promise<proto.UpdateUserResponse> {
    const { id, currentPassword, ...fields } = request;
    requireSelf(id);
    const by = isAnotherAdmin(id) ? 'admin' : { currentPassword };
    return { user: toMessage(await this.users.update(id, fields, by)) };
  }

  @GrpcMethod('UserService')
  async validateUser({ id }: proto.ValidateUserRequest): Promise<proto.ValidateUserResponse> {
    requireSelf(id);
    const valid = await this.users.exists(id);
    return { valid, reason: valid ? '' : 'USER_NOT_FOUND' };
  }
}

/** Admins do not know the passwords of others; to change their own, they give it like any user. */
function isAnotherAdmin(id: string): boolean {
  const principal = currentPrincipal();
  return principal !== undefined && principal.id !== id && principal.roles.includes(ADMIN);
}
