import { usesKafka } from './cluster.js';
import type { Cluster } from './cluster.js';
import { KAFKA_PORT } from './kafka-manifests.js';
import type { TrafficRule, Traffic } from './network-policies.js';
import { POSTGRES_PORT } from './postgres-manifests.js';
import type { Service } from '../../model/system/system.js';

/** The traffic to and from a service. Policies do not block the probes of kubelets. */
export function trafficOf(cluster: Cluster, service: Service): Traffic {
  const { system } = cluster;
  const callers = system.services.filter((other) => calls(system, other, service));
  const callees = system.services.filter((other) => calls(system, service, other));
  const from: TrafficRule[] =
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

/** Whether a service calls another one: by an RPC, or to check whether the session of a token is valid. */
const calls = (system: Cluster['system'], caller: Service, callee: Service): boolean =>
  caller.calls.includes(callee.name) || (system.auth?.issuer === callee.name && caller.name !== callee.name);

function kafkaOf({ kafka }: Cluster): TrafficRule {
  if (!kafka) return { pods: ['kafka'], ports: [KAFKA_PORT] };
  const ports = kafka.brokers.split(',').map((broker) => Number(broker.trim().split(':').at(-1)));
  return { ports: [...new Set(ports)] };
}

export const databaseOf = ({ databases }: Cluster): TrafficRule => ({
  ...(databases === 'cluster' && { pods: ['postgres'] }),
  ports: [POSTGRES_PORT],
});
