import { UpstreamsModule } from '@msx/runtime';

/** The services behind this gateway; each is found at its `…_URL`. */
export const upstreams = UpstreamsModule.forRoot([]);
