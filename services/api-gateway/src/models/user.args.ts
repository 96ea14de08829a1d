import { ArgsType, Field } from '@nestjs/graphql';
import { IsEmailAddress, IsGiven, IsPassword, IsText } from '../validation/text.js';
import { IdArgs } from './id.args.js';

@ArgsType()
export class CreateUserArgs {
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

/** Changes the fields that are given. */
@ArgsType()
export class UpdateUserArgs extends IdArgs {
  @Field(() => String, { nullable: true })
  @IsGiven()
  @IsText(200)
  readonly name?: string | null;

  @Field(() => String, { nullable: true })
  @IsGiven()
  @IsEmailAddress()
  readonly email?: string | null;

  @Field(() => String, { nullable: true })
  @IsGiven()
  @IsPassword()
  readonly password?: string | null;
}
