import { chooseResources } from './choose-resources.js';
import { inspectedOf } from './inspectors-of.js';
import { prepareKafka } from './prepare-kafka.js';
import { runModeFor, runningSystem } from './run-mode.js';
import { resourceNames } from './specs-of.js';
import { stopMoved } from './stop-moved.js';
import { ownEnvironment, startRequest } from './start-request.js';
import type { System } from '../../model/system/system.js';
import type { RunMode } from './run-mode.js';
import type { StartOptions } from './start-system.js';

/** The options of a start. */
interface RunOptions {
  readonly names: string[];
  readonly except?: string[];
  readonly env?: RunMode['mode'];
  readonly broker?: RunMode['broker'];
  readonly tls: boolean;
  readonly watch: boolean;
  /** Whether debuggers may attach to the named services. */
  readonly inspect: boolean;
}

interface PreparedRun {
  readonly mode: RunMode;
  /** The mode of the system if it is running already. */
  readonly before?: RunMode;
  readonly request: StartOptions['request'];
}

/** Called for steps that take long before anything starts. */
interface PrepareListeners {
  readonly onMoved: (from: string) => void;
  readonly onPull: (image: string) => void;
}

/**
 * Determines what to run, and in which mode, and prepares what that needs: an image, certificates. Throws
 * UNKNOWN_SERVICE, STOP_INCOMPLETE, MODE_DIFFERS, and the errors of Docker.
 */
export async function prepareRun(
  system: System,
  options: RunOptions,
  { onMoved, onPull }: PrepareListeners,
): Promise<PreparedRun> {
  const { env, broker, tls, watch } = options;
  const known = resourceNames(system);
  const names = chooseResources(known, options.names);
  const except = chooseResources(known, options.except ?? []);
  await stopMoved(system.root, onMoved);
  const running = await runningSystem(system.root);
  const inspect = options.inspect ? inspectedOf(system, names) : [];
  const mode = runModeFor({ mode: env, broker, tls, watch, inspect }, running?.mode, system);
  if (mode.broker === 'kafka') await prepareKafka(system, onPull);
  if (mode.tls)
    await (await import('../../secrets/certificates/ensure-certificates.js')).ensureCertificates(system);
  const settings = { ...mode, environment: ownEnvironment() };
  const request = startRequest(system, settings, { names, except, running: running?.wanted });
  return { mode, request, ...(running && { before: running.mode }) };
}
