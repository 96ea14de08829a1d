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
import { describeGroups } from '../apis/15-describe-groups.js';
import { listGroups } from '../apis/16-list-groups.js';
import { apiVersions } from '../apis/18-api-versions.js';
import { createTopics } from '../apis/19-create-topics.js';
import { deleteTopics } from '../apis/20-delete-topics.js';
import { deleteRecords } from '../apis/21-delete-records.js';
import { initProducerId } from '../apis/22-init-producer-id.js';
import { offsetForLeaderEpoch } from '../apis/23-offset-for-leader-epoch.js';
import { describeConfigs } from '../apis/32-describe-configs.js';
import { alterConfigs } from '../apis/33-alter-configs.js';
import { createPartitions } from '../apis/37-create-partitions.js';
import { deleteGroups } from '../apis/42-delete-groups.js';
import { incrementalAlterConfigs } from '../apis/44-incremental-alter-configs.js';
import { describeCluster } from '../apis/60-describe-cluster.js';
import { describeTopicPartitions } from '../apis/75-describe-topic-partitions.js';
import type { Api, ResponseOf } from '../wire/api.js';
import type { Shape } from '../wire/field.js';
import { answerAlterConfigs, answerIncrementalAlterConfigs } from './alter-configs.js';
import { answerApiVersions } from './api-versions.js';
import { answerCreatePartitions } from './create-partitions.js';
import { answerCreateTopics } from './create-topics.js';
import { answerDeleteGroups } from './delete-groups.js';
import { answerDeleteRecords } from './delete-records.js';
import { answerDeleteTopics } from './delete-topics.js';
import { answerDescribeCluster } from './describe-cluster.js';
import { answerDescribeConfigs } from './describe-configs.js';
import { answerDescribeGroups } from './describe-groups.js';
import { answerDescribeTopicPartitions } from './describe-topic-partitions.js';
import { answerFetch } from './fetch.js';
import { answerFindCoordinator } from './find-coordinator.js';
import type { Context, Handler } from './handler.js';
import { answerHeartbeat } from './heartbeat.js';
import { answerInitProducerId } from './init-producer-id.js';
import { answerJoinGroup } from './join-group.js';
import { answerLeaveGroup } from './leave-group.js';
import { answerListGroups } from './list-groups.js';
import { answerListOffsets } from './list-offsets.js';
import { answerMetadata } from './metadata.js';
import { answerOffsetCommit } from './offset-commit.js';
import { answerOffsetFetch } from './offset-fetch.js';
import { answerOffsetForLeaderEpoch } from './offset-for-leader-epoch.js';
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
  serve(describeGroups, answerDescribeGroups),
  serve(listGroups, answerListGroups),
  serve(apiVersions, () => answerApiVersions(registry)),
  serve(createTopics, answerCreateTopics),
  serve(deleteTopics, answerDeleteTopics),
  serve(deleteRecords, answerDeleteRecords),
  serve(initProducerId, answerInitProducerId),
  serve(offsetForLeaderEpoch, answerOffsetForLeaderEpoch),
  serve(describeConfigs, answerDescribeConfigs),
  serve(alterConfigs, answerAlterConfigs),
  serve(createPartitions, answerCreatePartitions),
  serve(deleteGroups, answerDeleteGroups),
  serve(incrementalAlterConfigs, answerIncrementalAlterConfigs),
  serve(describeCluster, answerDescribeCluster),
  serve(describeTopicPartitions, answerDescribeTopicPartitions),
];
