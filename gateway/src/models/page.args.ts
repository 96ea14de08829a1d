import { DEFAULT_LIMIT, MAX_LIMIT } from '@msx/runtime';
import { ArgsType, Field, Int } from '@nestjs/graphql';
import { Max, Min } from 'class-validator';

/** The arguments of a paginated list; every list is bounded. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 1, description: 'Page number, from 1.' })
  @Min(1, { message: 'must not be less than 1' })
  readonly page!: number;

  @Field(() => Int, { defaultValue: DEFAULT_LIMIT, description: `Page size, from 1 to ${MAX_LIMIT}.` })
  @Max(MAX_LIMIT, { message: `must not be more than ${MAX_LIMIT}` })
  @Min(1, { message: 'must not be less than 1' })
  readonly limit!: number;
}
