import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSystem } from '../../model/system/load-system.js';
import { clusterOf } from './cluster.js';
import type { Manifest } from './manifest.js';
import { allManifests, manifestProjections } from './manifest-projections.js';
import { providedSecrets } from './secrets/required-secrets.js';

const root = join(import.meta.dirname, '../../../..');
const source = readFileSync(join(root, 'msx.yaml'), 'utf8');
const shopWith = (text: string) => parseSystem(text, root, () => true);
const shop = shopWith(source);

/* eslint-disable @typescript-eslint/no-explicit-any -- objects of the Kubernetes API, at any depth */
const manifests = (options = {}, system = shop) => allManifests(clusterOf(system, options)) as any[];
const find = (kind: string, name: string, among = manifests()): any =>
  among.find((one) => one.kind === kind && one.metadata.name.startsWith(name));
const podOf = (manifest: any): any =>
  manifest.kind === 'CronJob' ? manifest.spec.jobTemplate.spec.template.spec : manifest.spec.template.spec;
const workloads = (among = manifests()) =>
  among.filter(({ kind }) => ['Deployment', 'StatefulSet', 'Job', 'CronJob'].includes(kind));

describe('the Kubernetes projection of msx.yaml', () => {
  it.each(manifestProjections(clusterOf(shop)))('is committed and up to date: $path', ({ path, text }) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(text);
  });
});

describe('the manifests', () => {
  it('are all in the namespace of the system, or in another one that is given', () => {
    const namespaces = (options: object) =>
      new Set(
        manifests(options).map(({ kind, metadata }: Manifest) =>
          kind === 'Namespace' ? metadata.name : metadata.namespace,
        ),
      );
    expect([...namespaces({})]).toEqual(['microservices']);
    expect([...namespaces({ namespace: 'shop-2' })]).toEqual(['shop-2']);
  });

  it('meet the restricted Pod Security Standard', () => {
    for (const workload of workloads()) {
      const { securityContext, containers } = podOf(workload);
      expect(securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const container of containers)
        expect(container.securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        });
    }
    expect(find('Namespace', 'microservices').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
  });

  it('contain no secret, and name every Secret that pods mount as one to create', () => {
    const required = JSON.parse(
      podOf(find('Job', 'secrets')).containers[0].env.find(({ name }: any) => name === 'WANTED').value,
    ).map(({ name }: any) => name);
    const mounted = workloads().flatMap((one) =>
      (podOf(one).volumes ?? []).flatMap(({ secret }: any) => secret?.secretName ?? []),
    );
    expect(manifests().filter(({ kind }) => kind === 'Secret')).toEqual([]);
    expect(required).toEqual(expect.arrayContaining(mounted));
    expect(JSON.stringify(manifests())).not.toMatch(/postgres:\/\/|BEGIN /);
  });

  it('give the Job that creates Secrets no other permissions', () => {
    const [creation, renewal] = find('Role', 'secrets').rules;
    expect(creation).toEqual({ apiGroups: [''], resources: ['secrets'], verbs: ['create'] });
    expect(renewal.verbs).toEqual(['get', 'update']);
    expect(renewal.resourceNames).toContain('token-keys');
    const tokens = workloads().filter((one) => podOf(one).automountServiceAccountToken !== false);
    expect(tokens.map(({ metadata }) => metadata.name.replace(/-[0-9a-f]{10}$/, ''))).toEqual([
      'secrets',
      'secrets',
    ]);
  });

  it('give the private keys to the issuer only', () => {
    const holders = workloads().filter((one) =>
      (podOf(one).volumes ?? []).some(({ secret }: any) =>
        secret?.items?.some(({ key }: any) => key === 'jwt-keys.json'),
      ),
    );
    expect(holders.map(({ metadata }) => metadata.name)).toEqual(['user-service']);
  });

  it('let gRPC clients balance between pods, and start a pod before another one stops', () => {
    expect(find('ConfigMap', 'api-gateway-settings').data.USER_SERVICE_URL).toBe(
      'user-service-headless:50051',
    );
    expect(find('Service', 'user-service-headless').spec.clusterIP).toBe('None');
    const { spec } = find('Deployment', 'user-service');
    expect(spec.strategy.rollingUpdate).toEqual({ maxUnavailable: 0, maxSurge: 1 });
    expect(spec).not.toHaveProperty('replicas');
    expect(find('HorizontalPodAutoscaler', 'user-service').spec).toMatchObject({
      minReplicas: 2,
      maxReplicas: 6,
    });
    const { terminationGracePeriodSeconds, containers } = spec.template.spec;
    expect(terminationGracePeriodSeconds).toBeGreaterThan(containers[0].lifecycle.preStop.sleep.seconds + 5);
  });

  it('open the network between services that call each other', () => {
    const peers = (name: string, direction: 'ingress' | 'egress') =>
      find('NetworkPolicy', name).spec[direction].flatMap(
        ({ [direction === 'ingress' ? 'from' : 'to']: pods }: any) =>
          pods
            ? pods.map(({ podSelector }: any) => podSelector.matchLabels['app.kubernetes.io/name'])
            : ['anyone'],
      );
    expect(peers('product-service', 'ingress')).toEqual(['order-service', 'api-gateway']);
    const checkers = ['product-service', 'order-service', 'api-gateway'];
    expect(peers('user-service', 'ingress')).toEqual(checkers);
    expect(peers('api-gateway', 'ingress')).toEqual(['anyone']);
    expect(peers('order-service', 'egress')).toEqual([
      'user-service',
      'product-service',
      'kafka',
      'postgres',
    ]);
    expect(find('NetworkPolicy', 'closed').spec.podSelector).toEqual({});
  });

  it('replace pods when their settings change, and rename a Job when its content does', () => {
    const changed = shopWith(source.replace('partitions: 3 }', 'partitions: 5 }'));
    const settingsName = (among: any[]) =>
      podOf(find('Deployment', 'user-service', among)).containers[0].envFrom[0].configMapRef.name;
    expect(settingsName(manifests({}, changed))).not.toBe(settingsName(manifests()));
    const name = (options: object) => find('Job', 'secrets', manifests(options)).metadata.name;
    expect(name({ tag: '1.1' })).not.toBe(name({}));
    expect(name({})).toBe(name({}));
  });

  it('mount the volume of ZooKeeper over every folder that its image writes to', () => {
    const [zookeeper] = podOf(find('StatefulSet', 'zookeeper')).containers;
    const mounts = zookeeper.volumeMounts.map(({ name, mountPath }: any) => [name, mountPath]);
    const folders = ['', '/data', '/log'].map((folder) => ['data', `/var/lib/zookeeper${folder}`]);
    expect(mounts).toEqual(folders);
  });

  it('run Kafka without ZooKeeper if msx.yaml says kraft', () => {
    const kraft = manifests({}, shopWith(source.replace('kafka: zookeeper', 'kafka: kraft')));
    expect(find('StatefulSet', 'zookeeper', kraft)).toBeUndefined();
    expect(podOf(find('StatefulSet', 'kafka', kraft)).containers[0].image).toBe('apache/kafka:4.3.1');
  });

  describe('of an environment with an external Kafka and PostgreSQL', () => {
    const production = shopWith(`${source}
environments:
  production:
    kubernetes: { replicas: 3, host: shop.example }
    kafka: { brokers: 'kafka-1.example:9093,kafka-2.example:9093' }
    databases: external
`);
    const external = manifests({ environment: 'production' }, production);

    it('leave both out, and configure their addresses and credentials', () => {
      expect(workloads(external).map(({ metadata }) => metadata.name)).not.toContain('kafka');
      expect(find('StatefulSet', 'postgres', external)).toBeUndefined();
      expect(find('ConfigMap', 'order-service-settings', external).data).toMatchObject({
        KAFKA_BROKERS: 'kafka-1.example:9093,kafka-2.example:9093',
        KAFKA_SECURITY: 'sasl_ssl',
        KAFKA_SASL_MECHANISM: 'scram-sha-512',
        KAFKA_PASSWORD_FILE: '/etc/msx/kafka/password',
        KAFKA_CA: '/etc/msx/kafka/ca.crt',
      });
      expect(find('HorizontalPodAutoscaler', 'user-service', external).spec.minReplicas).toBe(3);
      expect(find('Ingress', 'api-gateway', external).spec.rules[0].host).toBe('shop.example');
    });

    it('need no authority for a Kafka with a public certificate', () => {
      const trusted = source.replace(
        /$/,
        `
environments:
  production:
    kafka: { brokers: 'kafka.example:9093', security: ssl, authority: public }
`,
      );
      const cluster = clusterOf(shopWith(trusted), { environment: 'production' });
      expect(providedSecrets(cluster)).toEqual([]);
      const { data } = find(
        'ConfigMap',
        'order-service-settings',
        manifests({ environment: 'production' }, shopWith(trusted)),
      );
      expect(data).toMatchObject({ KAFKA_SECURITY: 'ssl' });
      expect(data).not.toHaveProperty('KAFKA_CA');
    });

    it('suggest the name of an environment that was misspelt', () => {
      expect(() => clusterOf(production, { environment: 'prodution' })).toThrow(
        expect.objectContaining({
          code: 'UNKNOWN_ENVIRONMENT',
          suggestion: 'Did you mean "production"?',
        }),
      );
    });
  });
});
