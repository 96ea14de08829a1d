import { SetMetadata } from '@nestjs/common';
import type { CustomDecorator, ExecutionContext } from '@nestjs/common';

const OWNER = 'owner';

/** Restricts a resolver to the user whose id is in this argument, and to admins. */
export const Owner = (argument: string): CustomDecorator => SetMetadata(OWNER, argument);

/** The id of the owner in the arguments; undefined if the resolver is not restricted to one. */
export function ownerOf(
  execution: Pick<ExecutionContext, 'getHandler' | 'getArgByIndex'>,
): string | undefined {
  const argument = Reflect.getMetadata(OWNER, execution.getHandler()) as string | undefined;
  if (argument === undefined) return undefined;
  return String(execution.getArgByIndex<Record<string, unknown>>(1)[argument]);
}
