import { IdArgs, IsEmailAddress, IsGiven, IsPassword, IsText, IsUnlessLeftOut } from '@msx/gateway';
import { ArgsType, Field } from '@nestjs/graphql';
import { MaxLength } from 'class-validator';

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

/** Updates the given fields. */
@ArgsType()
export class UpdateUserArgs extends IdArgs {
  @Field(() => String, { nullable: true })
  @IsUnlessLeftOut()
  @IsText(200)
  readonly name?: string | null;

  @Field(() => String, { nullable: true })
  @IsUnlessLeftOut()
  @IsEmailAddress()
  readonly email?: string | null;

  @Field(() => String, { nullable: true })
  @IsUnlessLeftOut()
  @IsPassword()
  readonly password?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Required to change the password or the e-mail address, except when an admin changes another user.',
  })
  @IsGiven()
  @MaxLength(1_000)
  readonly currentPassword?: string | null;
}
