import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type * as proto from '../gen/user.js';
import { toMessage } from './user.message.js';
import { UserService } from './user.service.js';

@Controller()
export class UserController implements proto.UserService {
  constructor(private readonly users: UserService) {}

  @GrpcMethod('UserService')
  async createUser(request: proto.CreateUserRequest): Promise<proto.CreateUserResponse> {
    return { user: toMessage(await this.users.create(request)) };
  }

  @GrpcMethod('UserService')
  async getUser({ id }: proto.GetUserRequest): Promise<proto.GetUserResponse> {
    return { user: toMessage(await this.users.get(id)) };
  }

  @GrpcMethod('UserService')
  async batchGetUsers({ ids }: proto.BatchGetUsersRequest): Promise<proto.BatchGetUsersResponse> {
    return { users: (await this.users.batch(ids)).map(toMessage) };
  }

  @GrpcMethod('UserService')
  async listUsers(request: proto.ListUsersRequest): Promise<proto.ListUsersResponse> {
    return { users: (await this.users.list(request)).map(toMessage) };
  }

  @GrpcMethod('UserService')
  async countUsers(_request: proto.CountUsersRequest): Promise<proto.CountUsersResponse> {
    return { count: await this.users.count() };
  }

  @GrpcMethod('UserService')
  async updateUser({ id, ...fields }: proto.UpdateUserRequest): Promise<proto.UpdateUserResponse> {
    return { user: toMessage(await this.users.update(id, fields)) };
  }

  @GrpcMethod('UserService')
  async validateUser({ id }: proto.ValidateUserRequest): Promise<proto.ValidateUserResponse> {
    const valid = await this.users.exists(id);
    return { valid, reason: valid ? '' : 'USER_NOT_FOUND' };
  }
}
