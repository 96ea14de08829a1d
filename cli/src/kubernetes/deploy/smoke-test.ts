import { setTimeout as delay } from 'node:timers/promises';
import type { Kubectl } from './kubectl.js';
import { forward } from './port-forward.js';

const PATIENCE = 15_000;

/** Asks the gateway something that takes nothing but the gateway. @returns what is wrong, if anything is */
export async function smokeTest(kubectl: Kubectl, gateway: string): Promise<string | undefined> {
  const deadline = Date.now() + PATIENCE;
  const tunnel = await forward(kubectl, { service: gateway });
  try {
    for (;;) {
      const problem = await ask(`http://127.0.0.1:${tunnel.port}`);
      if (!problem || Date.now() > deadline) return problem;
      await delay(500);
    }
  } finally {
    await tunnel.stop();
  }
}

async function ask(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
      signal: AbortSignal.timeout(5000),
    });
    const answer = (await response.json()) as { data?: unknown; errors?: unknown };
    if (answer.data || answer.errors) return undefined;
    return `it answers ${response.status}, and no GraphQL`;
  } catch (error) {
    const { message, cause } = error as Error;
    return cause instanceof Error ? `${message}: ${cause.message}` : message;
  }
}
