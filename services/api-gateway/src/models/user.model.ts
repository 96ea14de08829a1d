import { Directive, Field, ID, ObjectType } from '@nestjs/graphql';
import type { User as UserMessage } from '../gen/user.js';
import { toUserRoles, UserRole } from './user-role.js';

@ObjectType({ description: 'A user account.' })
@Directive('@key(fields: "id")')
export class User {
  @Field(() => ID)
  readonly id: string;

  @Field()
  readonly name: string;

  @Field()
  readonly email: string;

  @Field(() => [UserRole])
  readonly roles: UserRole[];

  @Field()
  readonly createdAt: Date;

  @Field()
  readonly updatedAt: Date;

  constructor(message: UserMessage) {
    this.id = message.id;
    this.name = message.name;
    this.email = message.email;
    this.roles = toUserRoles(message.roles);
    this.createdAt = message.createdAt!;
    this.updatedAt = message.updatedAt!;
  }
}
