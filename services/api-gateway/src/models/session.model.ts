import { Field, ObjectType } from '@nestjs/graphql';
import type { LoginResponse } from '../gen/user.js';
import { User } from './user.model.js';

@ObjectType({ description: 'The tokens of a signed-in user.' })
export class Session {
  @Field({ description: 'Send it as `Authorization: Bearer …` until it expires.' })
  readonly accessToken: string;

  @Field()
  readonly accessTokenExpiresAt: Date;

  @Field({ description: 'Valid for one `refreshToken` mutation; using it again ends the session.' })
  readonly refreshToken: string;

  @Field(() => User)
  readonly user: User;

  constructor({ tokens, user }: LoginResponse) {
    this.accessToken = tokens!.accessToken;
    this.accessTokenExpiresAt = tokens!.accessTokenExpiresAt!;
    this.refreshToken = tokens!.refreshToken;
    this.user = new User(user!);
  }
}
