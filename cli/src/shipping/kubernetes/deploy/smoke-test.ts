import { setTimeout as delay } from 'node:timers/promises';
import type { Kubectl } from './kubectl.js';
import { forward } from './port-forward.js';

const TIMEOUT_MS = 15_000;

/** Sends the gateway a query that needs no other service. @returns the problem, if there is one */
export async function smokeTest(kubectl: Kubectl, gateway: string): Promise<string | undefined> {
  const deadline = Date.now() + TIMEOUT_MS;
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
    return `it answered with status ${response.status} and without a GraphQL result`;
  } catch (error) {
    const { message, cause } = error as Error;
    return cause instanceof Error ? `${message}: ${cause.message}` : message;
  }
}
