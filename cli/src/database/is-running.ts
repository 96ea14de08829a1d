import type { Service } from '../system/system.js';

const PATIENCE_MS = 1000;

/** Whether this very service answers on its health port, whoever started it. */
export async function isRunning({ name, healthPort }: Service): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${healthPort}/health/live`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return ((await response.json()) as { service?: string }).service === name;
  } catch {
    return false;
  }
}
