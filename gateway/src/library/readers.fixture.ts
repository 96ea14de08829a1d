import { ArgsType, Directive, Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { MaxLength, ValidateNested } from 'class-validator';
import { ConnectionArgs, connectionTo } from '../models/connection.js';
import { IdArgs } from '../models/id.args.js';
import { IsEmailAddress, IsGiven, IsPassword, IsText, IsUnlessLeftOut } from '../validation/text.js';
import type {
  Reader as ReaderMessage,
  SearchReaders,
  Session as SessionMessage,
} from './contract.fixture.js';

export enum Role {
  CUSTOMER = 'CUSTOMER',
  ADMIN = 'ADMIN',
}
registerEnumType(Role, { name: 'Role' });

@ObjectType()
@Directive('@key(fields: "id")')
export class Reader {
  @Field(() => ID)
  readonly id: string;

  @Field()
  readonly name: string;

  @Field()
  readonly email: string;

  @Field(() => [Role])
  readonly roles: Role[];

  @Field()
  readonly createdAt: Date;

  @Field()
  readonly updatedAt: Date;

  constructor(message: ReaderMessage) {
    this.id = message.id;
    this.name = message.name;
    this.email = message.email;
    this.roles = message.roles as Role[];
    this.createdAt = message.createdAt;
    this.updatedAt = message.updatedAt;
  }
}

@ArgsType()
export class CreateReaderArgs {
  @Field()
  @IsText(200)
  readonly name!: string;

  @Field()
  @IsEmailAddress()
  readonly email!: string;

  @Field()
  @IsPassword()
  readonly password!: string;
}

@ArgsType()
export class UpdateReaderArgs extends IdArgs {
  @Field(() => String, { nullable: true })
  @IsUnlessLeftOut()
  @IsText(200)
  readonly name?: string | null;

  @Field(() => String, { nullable: true })
  @IsUnlessLeftOut()
  @IsPassword()
  readonly password?: string | null;

  @Field(() => String, { nullable: true })
  @IsGiven()
  @MaxLength(1_000)
  readonly currentPassword?: string | null;
}

@ArgsType()
export class LoginArgs {
  @Field()
  @MaxLength(254)
  readonly email!: string;

  @Field()
  @MaxLength(1_000)
  readonly password!: string;
}

@ArgsType()
export class RefreshTokenArgs {
  @Field()
  @MaxLength(1_000)
  readonly refreshToken!: string;
}

@ObjectType()
export class Session {
  @Field()
  readonly accessToken: string;

  @Field()
  readonly refreshToken: string;

  @Field()
  readonly accessTokenExpiresAt: Date;

  @Field(() => Reader)
  readonly reader: Reader;

  constructor({ reader, accessToken, refreshToken, accessTokenExpiresAt }: SessionMessage) {
    this.accessToken = accessToken;
    this.refreshToken = refreshToken;
    this.accessTokenExpiresAt = accessTokenExpiresAt;
    this.reader = new Reader(reader);
  }
}

@InputType()
export class ReaderFilter {
  @Field(() => String, { nullable: true })
  @IsGiven()
  @MaxLength(200)
  readonly search?: string | null;

  @Field(() => Date, { nullable: true })
  readonly createdAfter?: Date | null;

  @Field(() => Date, { nullable: true })
  readonly createdBefore?: Date | null;
}

@ArgsType()
export class ReaderConnectionArgs extends ConnectionArgs {
  @Field(() => ReaderFilter, { nullable: true })
  @Type(() => ReaderFilter)
  @IsGiven()
  @ValidateNested()
  readonly filter?: ReaderFilter | null;
}

@ObjectType()
export class ReaderConnection extends connectionTo<Reader, SearchReaders>(Reader) {}
