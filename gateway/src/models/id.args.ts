import { ArgsType, Field, ID } from '@nestjs/graphql';
import { IsId } from '../validation/text.js';

@ArgsType()
export class IdArgs {
  @Field(() => ID)
  @IsId()
  readonly id!: string;
}
