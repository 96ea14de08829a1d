import { watch } from 'node:fs/promises';
import { asMsxError } from '../errors/msx-error.js';
import { generateStubs } from './generate-stubs.js';
import type { MsxError } from '../errors/msx-error.js';
import type { Service, System } from '../system/system.js';

type Result = { generated: Service[] } | { error: MsxError };

/** Generates now and after every change in the proto folder, for ever; contracts that do not compile end nothing. */
export async function* watchContracts(system: System, services: Service[]): AsyncGenerator<Result> {
  // Watching begins first, so that no change between the two is missed.
  const changes = watch(system.protoFolder, { recursive: true })[Symbol.asyncIterator]();
  let next = changes.next();
  yield await attempt(system, services);
  for (;;) {
    await next;
    next = changes.next();
    const result = await attempt(system, services);
    if ('error' in result || result.generated.length > 0) yield result;
  }
}

async function attempt(system: System, services: Service[]): Promise<Result> {
  try {
    return { generated: await generateStubs(system, services) };
  } catch (error) {
    return { error: asMsxError(error) };
  }
}
