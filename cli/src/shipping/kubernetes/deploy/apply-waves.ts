import type { Manifest } from '../manifest.js';

const PODS = ['Deployment', 'StatefulSet', 'Job', 'CronJob'];
const POD_POLICIES = ['HorizontalPodAutoscaler', 'PodDisruptionBudget'];

/** In the order of dependencies: the namespace, what pods need, the pods, and the policies about them. */
export function inWaves(manifests: readonly Manifest[]): Manifest[][] {
  const waves: Manifest[][] = [[], [], [], []];
  for (const manifest of manifests) waves[waveOf(manifest.kind)]!.push(manifest);
  return waves.filter((wave) => wave.length > 0);
}

function waveOf(kind: string): number {
  if (kind === 'Namespace') return 0;
  if (PODS.includes(kind)) return 2;
  return POD_POLICIES.includes(kind) ? 3 : 1;
}
