import type { Relations } from '@msx/gateway';

/** Fields that refer to another entity, resolved by the request's loaders. */
export const relations = {} satisfies Relations;
