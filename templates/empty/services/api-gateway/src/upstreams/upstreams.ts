import type { UpstreamOptions } from '@msx/runtime';

/** The services behind this gateway; each is reached at its `…_URL`. */
export const upstreams: readonly UpstreamOptions[] = [];
