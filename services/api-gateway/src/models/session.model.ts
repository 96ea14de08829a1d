import { Field, ObjectType } from '@nestjs/graphql';
import type { LoginResponse } from '../gen/user.js';
import { User } from './user.model.js';

@ObjectType({ description: 'What a user who has signed in holds.' })
export class Session {
  @Field({ description: 'For the header `Authorization: Bearer …`, until it expires.' })
  readonly accessToken: string;

  @Field()
  readonly accessTokenExpiresAt: Date;

  @Field({ description: 'Good for one `refreshToken`; using it again ends the session.' })
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
