import { Public } from '@msx/runtime';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type * as proto from '../gen/user.js';
import { toMessage } from '../user/user.message.js';
import { SessionService, type LoginResult } from './session.service.js';

/** Signing in and out. Public: the password or the refresh token authenticates the caller. */
@Public()
@Controller()
export class SessionController implements Pick<proto.UserService, 'login' | 'refreshToken' | 'logout'> {
  constructor(private readonly sessions: SessionService) {}

  @GrpcMethod('UserService')
  async login({ email, password }: proto.LoginRequest): Promise<proto.LoginResponse> {
    return toReply(await this.sessions.login(email, password));
  }

  @GrpcMethod('UserService')
  async refreshToken({ refreshToken }: proto.RefreshTokenRequest): Promise<proto.RefreshTokenResponse> {
    return toReply(await this.sessions.refresh(refreshToken));
  }

  @GrpcMethod('UserService')
  async logout({ refreshToken }: proto.LogoutRequest): Promise<proto.LogoutResponse> {
    await this.sessions.logout(refreshToken);
    return {};
  }
}

function toReply({ user, tokens }: LoginResult): proto.LoginResponse {
  return { user: toMessage(user), tokens };
}
