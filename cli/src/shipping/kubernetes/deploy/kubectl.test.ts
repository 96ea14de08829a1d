import { describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changedIn } from './apply.js';
import { missingIn } from './check-images.js';
import { Kubectl } from './kubectl.js';
import { errorOfKubectl } from './kubectl-error.js';
import { longRunningKubectl } from './long-running-kubectl.js';
import { staleObjects } from './prune.js';
import { withEnvironment } from '../../../with-environment.fixture.js';
import { setValues } from '../../../model/system/set-values.js';

const target = { namespace: 'shop' };
const codeOf = (stderr: string) => errorOfKubectl({ args: ['apply'], stderr }, target).code;

describe('an error of kubectl', () => {
  it.each([
    ['error: current-context is not set', 'NO_CONTEXT'],
    ['error: context "nowhere" does not exist', 'NO_CONTEXT'],
    ['dial tcp [::1]:8080: connect: connection refused', 'NO_CONTEXT'],
    ['The connection to the server 127.0.0.1:1 was refused', 'CLUSTER_UNREACHABLE'],
    ['Unable to connect to the server: dial tcp: lookup x: no such host', 'CLUSTER_UNREACHABLE'],
    ['Error from server (Forbidden): pods is forbidden: User "x" cannot list', 'CLUSTER_FORBIDDEN'],
    ['error: You must be logged in to the server (Unauthorized)', 'CLUSTER_FORBIDDEN'],
    [
      'Error from server (Forbidden): jobs "x" is forbidden: unable to create new content in namespace shop because it is being terminated',
      'NAMESPACE_TERMINATING',
    ],
    ['Error from server (Forbidden): services "x" is forbidden: exceeded quota: small', 'QUOTA_EXCEEDED'],
    ['The Job "x" is invalid: spec.template: Invalid value: field is immutable', 'MANIFESTS_REFUSED'],
    ['something new', 'KUBECTL_FAILED'],
  ])('is mapped to the catalogue: %s', (stderr, code) => {
    expect(codeOf(stderr)).toBe(code);
  });

  it('is NO_KUBECTL when it is not installed', async () => {
    const version = withEnvironment({ PATH: '/nowhere' }, () => new Kubectl(target).run(['version']));
    await expect(version).rejects.toMatchObject({ code: 'NO_KUBECTL' });
  });

  it('ends with its child processes, when kubectl is a script that wraps the real one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kubectl-'));
    const script = '#!/bin/bash\necho "Starting to serve"\nsleep 600\n';
    await writeFile(join(folder, 'kubectl'), script, { mode: 0o755 });
    const lasting = await withEnvironment({ PATH: `${folder}:${process.env['PATH']}` }, () =>
      longRunningKubectl(new Kubectl(target), [], /^Starting/),
    );
    await lasting.stop(); // resolves only once no child keeps its output open
    await rm(folder, { recursive: true });
  });

  it('in a diff names the changed objects', () => {
    const diff = `diff -u -N /tmp/LIVE-1/apps.v1.Deployment.shop.user-service /tmp/MERGED-2/apps.v1.Deployment.shop.user-service
--- /tmp/LIVE-1/x
diff -u -N /tmp/LIVE-1/v1.Namespace..shop /tmp/MERGED-2/v1.Namespace..shop`;
    expect(changedIn(diff)).toEqual(['Deployment user-service', 'Namespace shop']);
  });
});

describe('leftovers of earlier deployments', () => {
  it('are removed, except for the settings that a rollback needs', () => {
    const object = (kind: string, name: string, more: object = {}) => ({ kind, metadata: { name }, ...more });
    const items = [
      object('Job', 'migrate-1'),
      object('Job', 'migrate-2'),
      object('ConfigMap', 'settings-1'),
      object('ConfigMap', 'settings-2'),
      object('ConfigMap', 'settings-3'),
      object('ReplicaSet', 'old', { spec: { ref: 'settings-2' } }),
    ];
    const kept = [object('Job', 'migrate-2'), object('ConfigMap', 'settings-3')] as never;
    expect(staleObjects(items, kept)).toEqual(['job/migrate-1', 'configmap/settings-1']);
  });
});

describe('images', () => {
  it('are missing unless every node has them', () => {
    const nodes = [
      ['docker.io/shop/a:1', 'docker.io/shop/b:1', 'reg.example:5000/shop/c:1'],
      ['docker.io/shop/a:1', 'reg.example:5000/shop/c:1'],
    ];
    const images = ['shop/a:1', 'shop/b:1', 'reg.example:5000/shop/c:1'];
    expect(missingIn(nodes, images)).toEqual(['shop/b:1']);
    expect(missingIn([[]], images)).toEqual(images);
  });
});

describe('--set', () => {
  it('overrides values of msx.yaml for one command', () => {
    const text = 'name: shop\nkubernetes: { replicas: 2 }\n';
    expect(setValues(text, ['kubernetes.replicas=3', 'docker.images=registry.example/shop'])).toBe(
      'name: shop\nkubernetes: { replicas: 3 }\ndocker:\n  images: registry.example/shop\n',
    );
    expect(() => setValues(text, ['replicas'])).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});
