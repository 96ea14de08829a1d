import { ConnectionArgs, IsGiven, connectionTo } from '@msx/gateway';
import { ArgsType, Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { MaxLength, ValidateNested } from 'class-validator';
import type { SearchUsersRequest } from '../gen/user.js';
import { User } from './user.model.js';

export enum UserSort {
  CREATED_ASC = 'CREATED_ASC',
  CREATED_DESC = 'CREATED_DESC',
  NAME_ASC = 'NAME_ASC',
  NAME_DESC = 'NAME_DESC',
}

registerEnumType(UserSort, { name: 'UserSort', description: 'Ties are broken by id.' });

@InputType({ description: 'All given conditions must match.' })
export class UserFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Matches the name or e-mail address. Case-insensitive in all scripts; accents are significant.',
  })
  @IsGiven()
  @MaxLength(200, { message: 'must not be longer than 200 characters' })
  readonly search?: string | null;

  @Field(() => Date, { nullable: true })
  readonly createdAfter?: Date | null;

  @Field(() => Date, { nullable: true })
  readonly createdBefore?: Date | null;
}

@ArgsType()
export class UserConnectionArgs extends ConnectionArgs {
  @Field(() => UserFilter, { nullable: true })
  @Type(() => UserFilter)
  @IsGiven()
  @ValidateNested()
  readonly filter?: UserFilter | null;

  @Field(() => UserSort, { defaultValue: UserSort.CREATED_ASC })
  readonly sort!: UserSort;
}

@ObjectType({ description: 'A page of users.' })
export class UserConnection extends connectionTo<User, SearchUsersRequest>(User) {}
