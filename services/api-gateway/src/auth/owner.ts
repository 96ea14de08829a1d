import { SetMetadata } from '@nestjs/common';
import type { CustomDecorator, ExecutionContext } from '@nestjs/common';

const OWNER = 'owner';

/** Only for the user whose id this argument is, and for admins. */
export const Owner = (argument: string): CustomDecorator => SetMetadata(OWNER, argument);

/** Whose the thing is that a resolver is asked for; undefined where no argument tells. */
export function ownerOf(
  execution: Pick<ExecutionContext, 'getHandler' | 'getArgByIndex'>,
): string | undefined {
  const argument = Reflect.getMetadata(OWNER, execution.getHandler()) as string | undefined;
  if (argument === undefined) return undefined;
  return String(execution.getArgByIndex<Record<string, unknown>>(1)[argument]);
}
