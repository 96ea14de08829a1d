/** The operations of scenarios on topics, settings, groups and offsets, with kafkajs's admin client. */
import { eventually, Unsupported } from './run-scenarios.mjs';

const TOPIC = 2;
const BROKER = 4;

async function admin(state) {
  state.admin ??= (async () => {
    const client = state.kafka.admin({ retry: { retries: 2 } });
    state.connected.push(client);
    await client.connect();
    return client;
  })();
  return state.admin;
}

const partitionOffsets = (partitions, field = 'offset') =>
  Object.fromEntries(partitions.map((each) => [each.partition, Number(each[field])]));

async function partitionsOf(client, topic) {
  const { topics } = await client.fetchTopicMetadata({ topics: [topic] });
  return topics[0].partitions;
}

const topics = {
  async createTopics({ topics: created, validateOnly }, state) {
    const client = await admin(state);
    const isNew = await client.createTopics({
      validateOnly,
      // Its own wait gives up after a few tries.
      waitForLeaders: false,
      topics: created.map(({ topic, partitions, replication, configs = {}, assignments }) => ({
        topic,
        numPartitions: assignments ? undefined : partitions,
        replicationFactor: assignments ? undefined : replication,
        replicaAssignment: assignments?.map((replicas, partition) => ({ partition, replicas })),
        configEntries: Object.entries(configs).map(([name, value]) => ({ name, value })),
      })),
    });
    const visible = async () =>
      (await client.listTopics()).filter((one) => created.some(({ topic }) => topic === one));
    if (isNew && !validateOnly) await eventually(visible, ({ length }) => length === created.length);
    return isNew;
  },
  async deleteTopics({ topics: deleted }, state) {
    const client = await admin(state);
    await client.deleteTopics({ topics: deleted });
    const visible = async () => (await client.listTopics()).filter((one) => deleted.includes(one));
    await eventually(visible, ({ length }) => length === 0);
  },
  async listTopics(_, state) {
    return (await (await admin(state)).listTopics()).filter((topic) => topic.startsWith(state.prefix)).sort();
  },
  async createPartitions({ topic, count, validateOnly }, state) {
    const client = await admin(state);
    const topicPartitions = [{ topic, count }];
    await client.createPartitions({ topicPartitions, validateOnly });
    if (!validateOnly)
      await eventually(
        () => partitionsOf(client, topic),
        ({ length }) => length === count,
      );
  },
  async describeTopic({ topic }, state) {
    const partitions = await partitionsOf(await admin(state), topic);
    return partitions
      .map(({ partitionId, replicas, isr, leader }) => ({
        partition: partitionId,
        hasLeader: leader >= 0,
        replicas: replicas.length,
        isr: isr.length,
      }))
      .sort((one, other) => one.partition - other.partition);
  },
};

const settings = {
  async describeConfigs({ topic, names }, state) {
    const client = await admin(state);
    const resources = [{ type: TOPIC, name: topic, configNames: names }];
    const described = await client.describeConfigs({ resources, includeSynonyms: false });
    return described.resources[0].configEntries
      .map((each) => [each.configName, each.configValue, each.configSource, each.readOnly, each.isSensitive])
      .sort();
  },
  async brokerConfigs({ names }, state) {
    const client = await admin(state);
    const { brokers } = await client.describeCluster();
    const resources = [{ type: BROKER, name: String(brokers[0].nodeId), configNames: names }];
    const described = await client.describeConfigs({ resources, includeSynonyms: false });
    return described.resources[0].configEntries.map((each) => [each.configName, each.configValue]).sort();
  },
  /** kafkajs has only the older request, which replaces all settings. */
  async replaceConfigs({ topic, configs }, state) {
    const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }));
    await (
      await admin(state)
    ).alterConfigs({ validateOnly: false, resources: [{ type: TOPIC, name: topic, configEntries }] });
  },
  async describeCluster(_, state) {
    const { brokers, clusterId } = await (await admin(state)).describeCluster();
    return { brokers: brokers.length, hasClusterId: Boolean(clusterId) };
  },
};

const offsets = {
  async listOffsets({ topic, at }, state) {
    const client = await admin(state);
    if (typeof at === 'number') return partitionOffsets(await client.fetchTopicOffsetsByTimestamp(topic, at));
    if (at === 'max') throw new Unsupported('the offset of the largest timestamp');
    return partitionOffsets(await client.fetchTopicOffsets(topic), at === 'earliest' ? 'low' : 'high');
  },
  async deleteRecords({ topic, offsets: positions }, state) {
    const partitions = positions.map(([partition, offset]) => ({ partition, offset: String(offset) }));
    await (await admin(state)).deleteTopicRecords({ topic, partitions });
  },
  async groupOffsets({ group, topic }, state) {
    const [found] = await (await admin(state)).fetchOffsets({ groupId: group, topics: [topic] });
    return partitionOffsets(found.partitions);
  },
  async setGroupOffsets({ group, topic, offsets: positions }, state) {
    const partitions = positions.map(([partition, offset]) => ({ partition, offset: String(offset) }));
    await (await admin(state)).setOffsets({ groupId: group, topic, partitions });
  },
};

const groups = {
  async describeGroup({ group }, state) {
    const { groups: described } = await (await admin(state)).describeGroups([group]);
    const [{ errorCode, state: current, protocolType, protocol, members }] = described;
    return { errorCode, state: current, protocolType, protocol, members: members.length };
  },
  async listGroups(_, state) {
    const { groups: listed } = await (await admin(state)).listGroups();
    const own = listed.filter(
      ({ groupId }) => groupId.startsWith(state.prefix) && !groupId.includes('reader-'),
    );
    return own.map(({ groupId, protocolType }) => [groupId, protocolType]).sort();
  },
  async deleteGroup({ group }, state) {
    try {
      await (await admin(state)).deleteGroups([group]);
    } catch (error) {
      return { error: error.groups?.map(({ errorCode }) => errorCode) ?? error.name };
    }
  },
};

export const operations = { ...topics, ...settings, ...offsets, ...groups };
