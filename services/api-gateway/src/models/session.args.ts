import { ArgsType, Field } from '@nestjs/graphql';
import { IsNotEmpty, MaxLength } from 'class-validator';

/** What is neither an address nor a password of anyone is told so by the answer, not by its length. */
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
