/** The operations of scenarios on topics, settings, groups and offsets, with the admin client of @platformatic/kafka. */
import { ConfigResourceTypes, IncrementalAlterConfigOperationTypes } from '@platformatic/kafka';
import { eventually, Unsupported } from '../run-scenarios.mjs';

const TIMES = { earliest: -2n, latest: -1n, max: -3n };

async function metadataOf({ admin }, topic) {
  const { topics } = await admin.metadata({ topics: [topic], forceUpdate: true, autocreateTopics: false });
  return topics.get(topic);
}

const visibleTopics = async ({ admin, prefix }) =>
  (await admin.listTopics()).filter((topic) => topic.startsWith(prefix)).sort();

const topics = {
  /** The client gives all topics of a request the same partitions and settings, so each has a request of its own. */
  async createTopics({ topics: created, validateOnly }, state) {
    if (validateOnly) throw new Unsupported('validation alone');
    for (const { topic, partitions, replication, assignments, configs = {} } of created)
      await state.admin.createTopics({
        topics: [topic],
        partitions: assignments ? undefined : partitions,
        replicas: assignments ? undefined : replication,
        assignments: assignments?.map((brokers, partition) => ({ partition, brokers })),
        configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
      });
    const names = created.map(({ topic }) => topic);
    await eventually(
      () => visibleTopics(state),
      (visible) => names.every((name) => visible.includes(name)),
    );
  },
  async deleteTopics({ topics: deleted }, state) {
    await state.admin.deleteTopics({ topics: deleted });
    await eventually(
      () => visibleTopics(state),
      (visible) => !deleted.some((name) => visible.includes(name)),
    );
  },
  listTopics: (_, state) => visibleTopics(state),
  async createPartitions({ topic, count, validateOnly }, state) {
    await state.admin.createPartitions({ topics: [{ name: topic, count, assignments: null }], validateOnly });
    const partitions = async () => (await metadataOf(state, topic)).partitionsCount;
    if (!validateOnly) await eventually(partitions, (each) => each === count);
  },
  async describeTopic({ topic }, state) {
    const { partitions } = await metadataOf(state, topic);
    return partitions.map(({ leader, replicas }, partition) => ({
      partition,
      hasLeader: leader >= 0,
      replicas: replicas.length,
    }));
  },
};

const described = async ({ admin }, resource) => {
  const [{ configs }] = await admin.describeConfigs({ resources: [resource], includeSynonyms: true });
  return configs;
};

const settings = {
  async describeConfigs({ topic, names }, state) {
    const resource = {
      resourceType: ConfigResourceTypes.TOPIC,
      resourceName: topic,
      configurationKeys: names,
    };
    const configs = await described(state, resource);
    return configs
      .map(({ name, value, configSource, configType, readOnly, isSensitive, synonyms }) => [
        [name, value, configSource, configType, readOnly, isSensitive],
        synonyms.map((each) => [each.name, each.value, each.source]),
      ])
      .sort();
  },
  async alterConfigs({ topic, set, remove }, state) {
    const { SET, DELETE } = IncrementalAlterConfigOperationTypes;
    const configs = [
      ...Object.entries(set).map(([name, value]) => ({ name, configOperation: SET, value })),
      ...remove.map((name) => ({ name, configOperation: DELETE, value: null })),
    ];
    const resources = [{ resourceType: ConfigResourceTypes.TOPIC, resourceName: topic, configs }];
    await state.admin.incrementalAlterConfigs({ resources });
    const shown = async () => described(state, { ...resources[0], configurationKeys: Object.keys(set) });
    await eventually(shown, (each) => each.every(({ name, value }) => set[name] === value));
  },
  async replaceConfigs({ topic, configs }, state) {
    const entries = Object.entries(configs).map(([name, value]) => ({ name, value }));
    const resources = [{ resourceType: ConfigResourceTypes.TOPIC, resourceName: topic, configs: entries }];
    await state.admin.alterConfigs({ resources });
    const shown = async () => described(state, { ...resources[0], configurationKeys: Object.keys(configs) });
    await eventually(shown, (each) => each.every(({ name, value }) => configs[name] === value));
  },
  async describeQuotas(_, state) {
    return (await state.admin.describeClientQuotas({ components: [], strict: false })).length;
  },
};

const offsets = {
  async listOffsets({ topic, at, isolation }, state) {
    const { partitionsCount } = await metadataOf(state, topic);
    const timestamp = typeof at === 'number' ? BigInt(at) : TIMES[at];
    const partitions = Array.from({ length: partitionsCount }, (_, partitionIndex) => ({
      partitionIndex,
      timestamp,
    }));
    const isolationLevel = isolation === 'read_committed' ? 1 : 0;
    const [listed] = await state.admin.listOffsets({ topics: [{ name: topic, partitions }], isolationLevel });
    return Object.fromEntries(listed.partitions.map((each) => [each.partitionIndex, Number(each.offset)]));
  },
  async deleteRecords({ topic, offsets: positions }, state) {
    const partitions = positions.map(([partition, offset]) => ({ partition, offset: BigInt(offset) }));
    const { partitionsCount } = await metadataOf(state, topic);
    if (positions.some(([partition]) => partition >= partitionsCount))
      throw new Unsupported('unknown partitions');
    const [deleted] = await state.admin.deleteRecords({ topics: [{ name: topic, partitions }] });
    return deleted.partitions.map(({ partition, lowWatermark }) => [partition, Number(lowWatermark)]);
  },
  async groupOffsets({ group, topic }, state) {
    const [found] = await state.admin.listConsumerGroupOffsets({ groups: [group] });
    const { partitions = [] } = found?.topics.find(({ name }) => name === topic) ?? {};
    return Object.fromEntries(partitions.map((each) => [each.partitionIndex, Number(each.committedOffset)]));
  },
  async setGroupOffsets({ group, topic, offsets: positions }, state) {
    const partitionOffsets = positions.map(([partition, offset]) => ({ partition, offset: BigInt(offset) }));
    await state.admin.alterConsumerGroupOffsets({
      groupId: group,
      topics: [{ name: topic, partitionOffsets }],
    });
  },
  async deleteGroupOffsets({ group, topic, partitions }, state) {
    await state.admin.deleteConsumerGroupOffsets({
      groupId: group,
      topics: [{ name: topic, partitionIndexes: partitions }],
    });
  },
};

const groups = {
  async describeGroup({ group }, state) {
    const found = (await state.admin.describeGroups({ groups: [group] })).get(group);
    const { state: current, protocolType, protocol, members } = found;
    return {
      errorCode: 0,
      state: current === 'EMPTY' ? 'Empty' : current,
      protocolType,
      protocol,
      members: members.size,
    };
  },
  async listGroups(_, state) {
    const listed = [...(await state.admin.listGroups()).values()];
    const own = listed.filter(({ id }) => id.startsWith(state.prefix) && !id.includes('reader-'));
    return own.map(({ id, groupType, protocolType }) => [id, groupType, protocolType]).sort();
  },
  async deleteGroup({ group }, state) {
    await state.admin.deleteGroups({ groups: [group] });
  },
};

export const operations = { ...topics, ...settings, ...offsets, ...groups };
