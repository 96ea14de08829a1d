import { chooseResources } from './choose-resources.js';
import { checkClashes } from './clashes.js';
import { inspectedOf } from './inspectors-of.js';
import { isolate } from './isolate.js';
import { prepareKafka } from './prepare-kafka.js';
import { runModeFor, runningSystem } from './run-mode.js';
import { resourceNames } from './specs-of.js';
import { startsIsolated } from './starts-isolated.js';
import { stopMoved } from './stop-moved.js';
import { ownEnvironment, startRequest } from './start-request.js';
import type { System } from '../../model/system/system.js';
import type { TakenLinks } from './clashes.js';
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
  /** Whether it gets ports of its own (default: as configured for this copy of the system). */
  readonly isolated?: boolean;
}

interface PreparedRun {
  readonly mode: RunMode;
  /** The model to run: with other ports than msx.yaml if it is isolated. */
  readonly model: System;
  /** The mode of the system if it is running already. */
  readonly before?: RunMode;
  readonly request: StartOptions['request'];
}

/** Called for steps that take long before anything starts. */
export interface PrepareListeners {
  readonly onMoved: (from: string) => void;
  readonly onPull: (image: string) => void;
  readonly onLinksTaken: (links: TakenLinks) => void;
}

/**
 * Determines what to run, and in which mode, and prepares what that needs: an image, certificates. Throws
 * UNKNOWN_SERVICE, STOP_INCOMPLETE, MODE_DIFFERS, PORT_HELD, PORTS_EXHAUSTED, and the errors of Docker.
 */
export async function prepareRun(
  system: System,
  options: RunOptions,
  { onMoved, onPull, onLinksTaken }: PrepareListeners,
): Promise<PreparedRun> {
  const { env, broker, tls, watch } = options;
  const known = resourceNames(system);
  const names = chooseResources(known, options.names);
  const except = chooseResources(known, options.except ?? []);
  await stopMoved(system.root, onMoved);
  const running = await runningSystem(system.root);
  const inspect = options.inspect ? inspectedOf(system, names) : [];
  const isolated = options.isolated ?? (running ? undefined : startsIsolated(system.root) || undefined);
  const mode = runModeFor({ mode: env, broker, tls, watch, inspect, isolated }, running?.mode, system);
  const model = mode.isolated ? await isolate(system, mode, running?.model?.isolated) : system;
  if (mode.broker === 'kafka') await prepareKafka(model, onPull);
  if (mode.tls)
    await (await import('../../secrets/certificates/ensure-certificates.js')).ensureCertificates(model);
  const settings = { ...mode, environment: ownEnvironment() };
  const request = startRequest(model, settings, { names, except, running: running?.wanted });
  if (!mode.isolated) (await checkClashes(model, request, running?.wanted)).forEach(onLinksTaken);
  return { mode, model, request, ...(running && { before: running.mode }) };
}
