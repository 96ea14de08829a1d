import type { Manifest } from '../manifest.js';

const PODS = ['Deployment', 'StatefulSet', 'Job', 'CronJob'];
const ABOUT_PODS = ['HorizontalPodAutoscaler', 'PodDisruptionBudget'];

/** The namespace, what pods need, pods, and what is about them. */
export function inWaves(manifests: readonly Manifest[]): Manifest[][] {
  const waves: Manifest[][] = [[], [], [], []];
  for (const manifest of manifests) waves[waveOf(manifest.kind)]!.push(manifest);
  return waves.filter((wave) => wave.length > 0);
}

function waveOf(kind: string): number {
  if (kind === 'Namespace') return 0;
  if (PODS.includes(kind)) return 2;
  return ABOUT_PODS.includes(kind) ? 3 : 1;
}
