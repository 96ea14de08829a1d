import type { Api, ResponseOf } from '../wire/api.js';
import type { Shape } from '../wire/field.js';
import { answerProduce } from './00-produce.handler.js';
import { produce } from './00-produce.js';
import { answerFetch } from './01-fetch.handler.js';
import { fetch } from './01-fetch.js';
import { answerListOffsets } from './02-list-offsets.handler.js';
import { listOffsets } from './02-list-offsets.js';
import { answerMetadata } from './03-metadata.handler.js';
import { metadata } from './03-metadata.js';
import { answerOffsetCommit } from './08-offset-commit.handler.js';
import { offsetCommit } from './08-offset-commit.js';
import { answerOffsetFetch } from './09-offset-fetch.handler.js';
import { offsetFetch } from './09-offset-fetch.js';
import { answerFindCoordinator } from './10-find-coordinator.handler.js';
import { findCoordinator } from './10-find-coordinator.js';
import { answerJoinGroup } from './11-join-group.handler.js';
import { joinGroup } from './11-join-group.js';
import { answerHeartbeat } from './12-heartbeat.handler.js';
import { heartbeat } from './12-heartbeat.js';
import { answerLeaveGroup } from './13-leave-group.handler.js';
import { leaveGroup } from './13-leave-group.js';
import { answerSyncGroup } from './14-sync-group.handler.js';
import { syncGroup } from './14-sync-group.js';
import { answerDescribeGroups } from './15-describe-groups.handler.js';
import { describeGroups } from './15-describe-groups.js';
import { answerListGroups } from './16-list-groups.handler.js';
import { listGroups } from './16-list-groups.js';
import { answerSaslHandshake } from './17-sasl-handshake.handler.js';
import { saslHandshake } from './17-sasl-handshake.js';
import { answerApiVersions, invalidSoftware, isValidSoftware } from './18-api-versions.handler.js';
import { apiVersions } from './18-api-versions.js';
import { answerCreateTopics } from './19-create-topics.handler.js';
import { createTopics } from './19-create-topics.js';
import { answerDeleteTopics } from './20-delete-topics.handler.js';
import { deleteTopics } from './20-delete-topics.js';
import { answerDeleteRecords } from './21-delete-records.handler.js';
import { deleteRecords } from './21-delete-records.js';
import { answerInitProducerId } from './22-init-producer-id.handler.js';
import { initProducerId } from './22-init-producer-id.js';
import { answerOffsetForLeaderEpoch } from './23-offset-for-leader-epoch.handler.js';
import { offsetForLeaderEpoch } from './23-offset-for-leader-epoch.js';
import { answerDescribeConfigs } from './32-describe-configs.handler.js';
import { describeConfigs } from './32-describe-configs.js';
import { answerAlterConfigs } from './33-alter-configs.handler.js';
import { alterConfigs } from './33-alter-configs.js';
import { answerSaslAuthenticate } from './36-sasl-authenticate.handler.js';
import { saslAuthenticate } from './36-sasl-authenticate.js';
import { answerCreatePartitions } from './37-create-partitions.handler.js';
import { createPartitions } from './37-create-partitions.js';
import { answerDeleteGroups } from './42-delete-groups.handler.js';
import { deleteGroups } from './42-delete-groups.js';
import { answerIncrementalAlterConfigs } from './44-incremental-alter-configs.handler.js';
import { incrementalAlterConfigs } from './44-incremental-alter-configs.js';
import { answerDescribeUserScramCredentials } from './50-describe-user-scram-credentials.handler.js';
import { describeUserScramCredentials } from './50-describe-user-scram-credentials.js';
import { answerAlterUserScramCredentials } from './51-alter-user-scram-credentials.handler.js';
import { alterUserScramCredentials } from './51-alter-user-scram-credentials.js';
import { answerDescribeCluster } from './60-describe-cluster.handler.js';
import { describeCluster } from './60-describe-cluster.js';
import { answerDescribeTopicPartitions } from './75-describe-topic-partitions.handler.js';
import { describeTopicPartitions } from './75-describe-topic-partitions.js';
import type { Handler, Served } from './handler.js';

const serve = <Req extends Shape, Res extends Shape>(
  api: Api<Req, Res>,
  handler: Handler<Api<Req, Res>>,
): Served => ({
  api: api as unknown as Api,
  answer: async (request, context) =>
    (await handler(request as Parameters<typeof handler>[0], context)) as ResponseOf<Api> | undefined,
});

/** All APIs that the broker serves, by key. The dispatcher and the ApiVersions response use this list. */
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
  serve(saslHandshake, answerSaslHandshake),
  serve(apiVersions, (request, { version }) =>
    isValidSoftware(request, version) ? answerApiVersions(registry) : invalidSoftware,
  ),
  serve(createTopics, answerCreateTopics),
  serve(deleteTopics, answerDeleteTopics),
  serve(deleteRecords, answerDeleteRecords),
  serve(initProducerId, answerInitProducerId),
  serve(offsetForLeaderEpoch, answerOffsetForLeaderEpoch),
  serve(describeConfigs, answerDescribeConfigs),
  serve(alterConfigs, answerAlterConfigs),
  serve(saslAuthenticate, answerSaslAuthenticate),
  serve(createPartitions, answerCreatePartitions),
  serve(deleteGroups, answerDeleteGroups),
  serve(incrementalAlterConfigs, answerIncrementalAlterConfigs),
  serve(describeUserScramCredentials, answerDescribeUserScramCredentials),
  serve(alterUserScramCredentials, answerAlterUserScramCredentials),
  serve(describeCluster, answerDescribeCluster),
  serve(describeTopicPartitions, answerDescribeTopicPartitions),
];
