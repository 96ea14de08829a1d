import { ArgsType, Field } from '@nestjs/graphql';
import { IsNotEmpty, MaxLength } from 'class-validator';

/** Generous on purpose: an address or password that is merely too long is answered like any other wrong one. */
const MAX = 1_000;

@ArgsType()
export class LoginArgs {
  @Field()
  @MaxLength(MAX)
  @IsNotEmpty({ message: 'must not be empty' })
  readonly email!: string;

  @Field()
  @MaxLength(MAX)
  @IsNotEmpty({ message: 'must not be empty' })
  readonly password!: string;
}

@ArgsType()
export class RefreshTokenArgs {
  @Field()
  @MaxLength(MAX)
  @IsNotEmpty({ message: 'must not be empty' })
  readonly refreshToken!: string;
}
