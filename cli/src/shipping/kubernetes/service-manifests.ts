import { deployment, settingsName } from './deployment.js';
import { podsOf } from './cluster.js';
import type { Cluster } from './cluster.js';
import { labelsOf, selectorOf } from './labels.js';
import type { Manifest, Type } from './manifest.js';
import { networkPolicy } from './network-policies.js';
import { settingsOf } from './service-environment.js';
import { trafficOf } from './traffic.js';
import type { Service } from '../../model/system/system.js';

/** The average CPU per pod of a service above which it is scaled up. */
const TARGET_CPU = '500m';

/** Everything a service needs except access from outside. */
export function serviceManifests(cluster: Cluster, service: Service): Manifest[] {
  const { system } = cluster;
  const { name } = service;
  const labels = labelsOf(system.name, name);
  const named = ([apiVersion, kind]: Type, content: object, as = name): Manifest => ({
    apiVersion,
    kind,
    metadata: { name: as, labels },
    ...content,
  });
  const settings = settingsOf(cluster, service);
  const balanced = {
    ...named(['v1', 'Service'], { spec: { clusterIP: 'None', ...portsOf(service) } }, podsOf(name)),
  };
  return [
    named(['v1', 'ServiceAccount'], { automountServiceAccountToken: false }),
    named(['v1', 'ConfigMap'], { immutable: true, data: settings }, settingsName(name, settings)),
    deployment(cluster, service, settings),
    ...(service.kind === 'grpc' ? [named(['v1', 'Service'], { spec: portsOf(service) }), balanced] : []),
    named(['policy/v1', 'PodDisruptionBudget'], {
      spec: { maxUnavailable: 1, selector: { matchLabels: selectorOf(name) } },
    }),
    named(['autoscaling/v2', 'HorizontalPodAutoscaler'], { spec: autoscaling(cluster, name) }),
    networkPolicy(system.name, name, trafficOf(cluster, service)),
  ];
}

const portsOf = ({ name, port }: Service) => ({
  selector: selectorOf(name),
  ports: [{ name: 'grpc', appProtocol: 'grpc', port, targetPort: 'main' }],
});

/** The autoscaler alone sets the number of pods: a number in the Deployment would undo scaling with every apply. */
function autoscaling({ replicas, maxReplicas }: Cluster, name: string) {
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    minReplicas: replicas,
    maxReplicas,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: TARGET_CPU } },
      },
    ],
    behavior: {
      scaleUp: { stabilizationWindowSeconds: 60 },
      scaleDown: { stabilizationWindowSeconds: 300 },
    },
  };
}
