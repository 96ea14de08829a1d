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
import { answerApiVersions } from './18-api-versions.handler.js';
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
import { answerAddPartitionsToTxn } from './24-add-partitions-to-txn.handler.js';
import { addPartitionsToTxn } from './24-add-partitions-to-txn.js';
import { answerAddOffsetsToTxn } from './25-add-offsets-to-txn.handler.js';
import { addOffsetsToTxn } from './25-add-offsets-to-txn.js';
import { answerEndTxn } from './26-end-txn.handler.js';
import { endTxn } from './26-end-txn.js';
import { answerWriteTxnMarkers } from './27-write-txn-markers.handler.js';
import { writeTxnMarkers } from './27-write-txn-markers.js';
import { answerTxnOffsetCommit } from './28-txn-offset-commit.handler.js';
import { txnOffsetCommit } from './28-txn-offset-commit.js';
import { answerDescribeAcls } from './29-describe-acls.handler.js';
import { describeAcls } from './29-describe-acls.js';
import { answerCreateAcls } from './30-create-acls.handler.js';
import { createAcls } from './30-create-acls.js';
import { answerDeleteAcls } from './31-delete-acls.handler.js';
import { deleteAcls } from './31-delete-acls.js';
import { answerDescribeConfigs } from './32-describe-configs.handler.js';
import { describeConfigs } from './32-describe-configs.js';
import { answerAlterConfigs } from './33-alter-configs.handler.js';
import { alterConfigs } from './33-alter-configs.js';
import { answerAlterReplicaLogDirs } from './34-alter-replica-log-dirs.handler.js';
import { alterReplicaLogDirs } from './34-alter-replica-log-dirs.js';
import { answerDescribeLogDirs } from './35-describe-log-dirs.handler.js';
import { describeLogDirs } from './35-describe-log-dirs.js';
import { answerSaslAuthenticate } from './36-sasl-authenticate.handler.js';
import { saslAuthenticate } from './36-sasl-authenticate.js';
import { answerCreatePartitions } from './37-create-partitions.handler.js';
import { createPartitions } from './37-create-partitions.js';
import { answerCreateDelegationToken } from './38-create-delegation-token.handler.js';
import { createDelegationToken } from './38-create-delegation-token.js';
import { answerRenewDelegationToken } from './39-renew-delegation-token.handler.js';
import { renewDelegationToken } from './39-renew-delegation-token.js';
import { answerExpireDelegationToken } from './40-expire-delegation-token.handler.js';
import { expireDelegationToken } from './40-expire-delegation-token.js';
import { answerDescribeDelegationToken } from './41-describe-delegation-token.handler.js';
import { describeDelegationToken } from './41-describe-delegation-token.js';
import { answerDeleteGroups } from './42-delete-groups.handler.js';
import { deleteGroups } from './42-delete-groups.js';
import { answerElectLeaders } from './43-elect-leaders.handler.js';
import { electLeaders } from './43-elect-leaders.js';
import { answerIncrementalAlterConfigs } from './44-incremental-alter-configs.handler.js';
import { incrementalAlterConfigs } from './44-incremental-alter-configs.js';
import { answerAlterPartitionReassignments } from './45-alter-partition-reassignments.handler.js';
import { alterPartitionReassignments } from './45-alter-partition-reassignments.js';
import { answerListPartitionReassignments } from './46-list-partition-reassignments.handler.js';
import { listPartitionReassignments } from './46-list-partition-reassignments.js';
import { answerOffsetDelete } from './47-offset-delete.handler.js';
import { offsetDelete } from './47-offset-delete.js';
import { answerDescribeClientQuotas } from './48-describe-client-quotas.handler.js';
import { describeClientQuotas } from './48-describe-client-quotas.js';
import { answerAlterClientQuotas } from './49-alter-client-quotas.handler.js';
import { alterClientQuotas } from './49-alter-client-quotas.js';
import { answerDescribeUserScramCredentials } from './50-describe-user-scram-credentials.handler.js';
import { describeUserScramCredentials } from './50-describe-user-scram-credentials.js';
import { answerAlterUserScramCredentials } from './51-alter-user-scram-credentials.handler.js';
import { alterUserScramCredentials } from './51-alter-user-scram-credentials.js';
import { answerDescribeQuorum } from './55-describe-quorum.handler.js';
import { describeQuorum } from './55-describe-quorum.js';
import { answerUpdateFeatures } from './57-update-features.handler.js';
import { updateFeatures } from './57-update-features.js';
import { answerDescribeCluster } from './60-describe-cluster.handler.js';
import { describeCluster } from './60-describe-cluster.js';
import { answerDescribeProducers } from './61-describe-producers.handler.js';
import { describeProducers } from './61-describe-producers.js';
import { answerUnregisterBroker } from './64-unregister-broker.handler.js';
import { unregisterBroker } from './64-unregister-broker.js';
import { answerDescribeTransactions } from './65-describe-transactions.handler.js';
import { describeTransactions } from './65-describe-transactions.js';
import { answerListTransactions } from './66-list-transactions.handler.js';
import { listTransactions } from './66-list-transactions.js';
import { answerConsumerGroupHeartbeat } from './68-consumer-group-heartbeat.handler.js';
import { consumerGroupHeartbeat } from './68-consumer-group-heartbeat.js';
import { answerConsumerGroupDescribe } from './69-consumer-group-describe.handler.js';
import { consumerGroupDescribe } from './69-consumer-group-describe.js';
import { answerGetTelemetrySubscriptions } from './71-get-telemetry-subscriptions.handler.js';
import { getTelemetrySubscriptions } from './71-get-telemetry-subscriptions.js';
import { answerPushTelemetry } from './72-push-telemetry.handler.js';
import { pushTelemetry } from './72-push-telemetry.js';
import { answerListConfigResources } from './74-list-config-resources.handler.js';
import { listConfigResources } from './74-list-config-resources.js';
import { answerDescribeTopicPartitions } from './75-describe-topic-partitions.handler.js';
import { describeTopicPartitions } from './75-describe-topic-partitions.js';
import { answerAddRaftVoter } from './80-add-raft-voter.handler.js';
import { addRaftVoter } from './80-add-raft-voter.js';
import { answerRemoveRaftVoter } from './81-remove-raft-voter.handler.js';
import { removeRaftVoter } from './81-remove-raft-voter.js';
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
  serve(
    apiVersions,
    answerApiVersions(() => registry),
  ),
  serve(createTopics, answerCreateTopics),
  serve(deleteTopics, answerDeleteTopics),
  serve(deleteRecords, answerDeleteRecords),
  serve(initProducerId, answerInitProducerId),
  serve(offsetForLeaderEpoch, answerOffsetForLeaderEpoch),
  serve(addPartitionsToTxn, answerAddPartitionsToTxn),
  serve(addOffsetsToTxn, answerAddOffsetsToTxn),
  serve(endTxn, answerEndTxn),
  serve(writeTxnMarkers, answerWriteTxnMarkers),
  serve(txnOffsetCommit, answerTxnOffsetCommit),
  serve(describeAcls, answerDescribeAcls),
  serve(createAcls, answerCreateAcls),
  serve(deleteAcls, answerDeleteAcls),
  serve(describeConfigs, answerDescribeConfigs),
  serve(alterConfigs, answerAlterConfigs),
  serve(alterReplicaLogDirs, answerAlterReplicaLogDirs),
  serve(describeLogDirs, answerDescribeLogDirs),
  serve(saslAuthenticate, answerSaslAuthenticate),
  serve(createPartitions, answerCreatePartitions),
  serve(createDelegationToken, answerCreateDelegationToken),
  serve(renewDelegationToken, answerRenewDelegationToken),
  serve(expireDelegationToken, answerExpireDelegationToken),
  serve(describeDelegationToken, answerDescribeDelegationToken),
  serve(deleteGroups, answerDeleteGroups),
  serve(electLeaders, answerElectLeaders),
  serve(incrementalAlterConfigs, answerIncrementalAlterConfigs),
  serve(alterPartitionReassignments, answerAlterPartitionReassignments),
  serve(listPartitionReassignments, answerListPartitionReassignments),
  serve(offsetDelete, answerOffsetDelete),
  serve(describeClientQuotas, answerDescribeClientQuotas),
  serve(alterClientQuotas, answerAlterClientQuotas),
  serve(describeUserScramCredentials, answerDescribeUserScramCredentials),
  serve(alterUserScramCredentials, answerAlterUserScramCredentials),
  serve(describeQuorum, answerDescribeQuorum),
  serve(updateFeatures, answerUpdateFeatures),
  serve(describeCluster, answerDescribeCluster),
  serve(describeProducers, answerDescribeProducers),
  serve(unregisterBroker, answerUnregisterBroker),
  serve(describeTransactions, answerDescribeTransactions),
  serve(listTransactions, answerListTransactions),
  serve(consumerGroupHeartbeat, answerConsumerGroupHeartbeat),
  serve(consumerGroupDescribe, answerConsumerGroupDescribe),
  serve(getTelemetrySubscriptions, answerGetTelemetrySubscriptions),
  serve(pushTelemetry, answerPushTelemetry),
  serve(listConfigResources, answerListConfigResources),
  serve(describeTopicPartitions, answerDescribeTopicPartitions),
  serve(addRaftVoter, answerAddRaftVoter),
  serve(removeRaftVoter, answerRemoveRaftVoter),
];
