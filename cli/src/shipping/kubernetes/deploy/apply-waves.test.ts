import { expect, it } from '@jest/globals';
import { inWaves } from './apply-waves.js';

it('applies dependencies first', () => {
  const of = (kind: string) => ({ apiVersion: 'v1', kind, metadata: { name: 'x' } });
  const kinds = ['HorizontalPodAutoscaler', 'Deployment', 'ConfigMap', 'Namespace', 'StatefulSet', 'Service'];
  expect(inWaves(kinds.map(of)).map((wave) => wave.map(({ kind }) => kind))).toEqual([
    ['Namespace'],
    ['ConfigMap', 'Service'],
    ['Deployment', 'StatefulSet'],
    ['HorizontalPodAutoscaler'],
  ]);
});
