import { produce } from '../apis/00-produce.js';
import { fetch } from '../apis/01-fetch.js';
import { listOffsets } from '../apis/02-list-offsets.js';
import { metadata } from '../apis/03-metadata.js';
import { offsetCommit } from '../apis/08-offset-commit.js';
import { offsetFetch } from '../apis/09-offset-fetch.js';
import { findCoordinator } from '../apis/10-find-coordinator.js';
import { joinGroup } from '../apis/11-join-group.js';
import { heartbeat } from '../apis/12-heartbeat.js';
import { leaveGroup } from '../apis/13-leave-group.js';
import { syncGroup } from '../apis/14-sync-group.js';
import { apiVersions } from '../apis/18-api-versions.js';
import { initProducerId } from '../apis/22-init-producer-id.js';
import type { Api, ResponseOf } from '../wire/api.js';
import type { Shape } from '../wire/field.js';
import { answerApiVersions } from './api-versions.js';
import { answerFetch } from './fetch.js';
import { answerFindCoordinator } from './find-coordinator.js';
import type { Context, Handler } from './handler.js';
import { answerHeartbeat } from './heartbeat.js';
import { answerInitProducerId } from './init-producer-id.js';
import { answerJoinGroup } from './join-group.js';
import { answerLeaveGroup } from './leave-group.js';
import { answerListOffsets } from './list-offsets.js';
import { answerMetadata } from './metadata.js';
import { answerOffsetCommit } from './offset-commit.js';
import { answerOffsetFetch } from './offset-fetch.js';
import { answerProduce } from './produce.js';
import { answerSyncGroup } from './sync-group.js';

/** An API and what answers it, the types of its messages forgotten. */
export interface Served {
  readonly api: Api;
  answer(request: unknown, context: Context): Promise<object | undefined>;
}

const serve = <Req extends Shape, Res extends Shape>(
  api: Api<Req, Res>,
  handler: Handler<Api<Req, Res>>,
): Served => ({
  api: api as unknown as Api,
  answer: async (request, context) =>
    (await handler(request as Parameters<typeof handler>[0], context)) as ResponseOf<Api> | undefined,
});

/** Everything the broker answers. Dispatch and the ApiVersions response are both made of this list. */
export const registry: readonly Served[] = [
  serve(produce, answerProduce),
  serve(fetch, answerFetch),
  serve(listOffsets, answerListOffsets),
  serve(metadata, answerMetadata),
  serve(offsetCommit, answerOffsetCommit),
  serve(offsetFetch, answerOffsetFetch),
  serve(findCoordinator, answerFindCoordinator),
  serve(joinGroup, answerJoinGroup),
  serve(heartbeat, answerHeartbeat),
  serve(leaveGroup, answerLeaveGroup),
  serve(syncGroup, answerSyncGroup),
  serve(apiVersions, () => answerApiVersions(registry)),
  serve(initProducerId, answerInitProducerId),
];
