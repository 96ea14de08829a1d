import { usesKafka } from './cluster.js';
import type { Cluster } from './cluster.js';
import { KAFKA_PORT } from './kafka-manifests.js';
import type { Reach, Traffic } from './network-policies.js';
import { POSTGRES_PORT } from './postgres-manifests.js';
import type { Service } from '../system/system.js';

/** Who reaches a service, and whom it reaches. Kubelets, which ask how it is, are not held back by policies. */
export function trafficOf(cluster: Cluster, service: Service): Traffic {
  const { system } = cluster;
  const callers = system.services.filter(({ calls }) => calls.includes(service.name));
  const callees = system.services.filter(({ name }) => service.calls.includes(name));
  const from: Reach[] =
    service.kind === 'graphql'
      ? [{ ports: [service.port] }]
      : callers.length > 0
        ? [{ pods: callers.map(({ name }) => name), ports: [service.port] }]
        : [];
  return {
    from,
    to: [
      ...callees.map(({ name, port }) => ({ pods: [name], ports: [port] })),
      ...(usesKafka(service) ? [kafkaOf(cluster)] : []),
      ...(service.database ? [databaseOf(cluster)] : []),
    ],
  };
}

function kafkaOf({ kafka }: Cluster): Reach {
  if (!kafka) return { pods: ['kafka'], ports: [KAFKA_PORT] };
  const ports = kafka.brokers.split(',').map((broker) => Number(broker.trim().split(':').at(-1)));
  return { ports: [...new Set(ports)] };
}

export const databaseOf = ({ databases }: Cluster): Reach => ({
  ...(databases === 'cluster' && { pods: ['postgres'] }),
  ports: [POSTGRES_PORT],
});
