import { ArgsType, Field } from '@nestjs/graphql';
import { IsEmail, MaxLength, MinLength } from 'class-validator';
import { IsGiven, IsText } from '../validation/text.js';
import { IdArgs } from './id.args.js';

const email = { message: 'must be an e-mail address' };
const shortest = { message: 'must be at least 8 characters long' };
const longest = { message: 'must not be longer than 128 characters' };

@ArgsType()
export class CreateUserArgs {
  @Field()
  @IsText(200)
  readonly name!: string;

  @Field()
  @IsEmail({}, email)
  readonly email!: string;

  @Field()
  @MaxLength(128, longest)
  @MinLength(8, shortest)
  readonly password!: string;
}

/** Changes the fields that are given. */
@ArgsType()
export class UpdateUserArgs extends IdArgs {
  @Field(() => String, { nullable: true })
  @IsGiven()
  @IsText(200)
  readonly name?: string | null;

  @Field(() => String, { nullable: true })
  @IsGiven()
  @IsEmail({}, email)
  readonly email?: string | null;

  @Field(() => String, { nullable: true })
  @IsGiven()
  @MaxLength(128, longest)
  @MinLength(8, shortest)
  readonly password?: string | null;
}
