import { Agent, get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Health } from '../resource.js';

const TIMEOUT_MS = 1_000;
const agent = new Agent({ keepAlive: true, timeout: 60_000 });

/** The health that a service reports, over plain HTTP on 127.0.0.1. */
export function probeHealth(port: number): Promise<Health | undefined> {
  return new Promise((resolve) => {
    const request = get({
      host: '127.0.0.1',
      port,
      path: '/health/started',
      agent,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    request.on('response', (response) => void bodyOf(response).then((body) => resolve(healthOf(body))));
    // A reused connection that has just been closed says nothing about the service: retry on a new one.
    request.on('error', (error) =>
      resolve(request.reusedSocket && !isLate(error) ? probeHealth(port) : undefined),
    );
  });
}

const isLate = ({ name }: Error): boolean => name === 'AbortError' || name === 'TimeoutError';

async function bodyOf(response: IncomingMessage): Promise<string> {
  let body = '';
  try {
    for await (const chunk of response.setEncoding('utf8')) body += chunk;
  } catch {
    // A truncated answer does not count.
  }
  return body;
}

function healthOf(body: string): Health | undefined {
  try {
    const { started, ready, degraded, checks, notices } = JSON.parse(body) as Partial<Health>;
    if (typeof started !== 'boolean' || typeof ready !== 'boolean') return undefined;
    return {
      ...{ started, ready, degraded: degraded ?? false, checks: checks ?? [] },
      ...(notices && { notices }),
    };
  } catch {
    return undefined;
  }
}
