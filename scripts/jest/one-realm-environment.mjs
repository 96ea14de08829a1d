import { createRequire } from 'node:module';
import { packageGlobals } from './shared-packages.mjs';

const ofJest = createRequire(createRequire(import.meta.url).resolve('jest-environment-node'));
const { ModuleMocker } = ofJest('jest-mock');
const { ModernFakeTimers } = ofJest('@jest/fake-timers');

/**
 * The suites of a worker run in the one realm of its process, where Jest would make a realm for each. Packages are then
 * loaded once for all of them (see OneRealmRuntime), an error of Node is an Error of the test, and a global is no more
 * than that: in a realm of Jest each use of one asks a proxy. What a suite changes of its surroundings is put back.
 */
export default class OneRealmEnvironment {
  global = globalThis;
  // Jest asks for the timers of its past versions too.
  fakeTimers = null;
  #surroundings = new Surroundings();

  constructor({ projectConfig: config }) {
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimersModern = new ModernFakeTimers({ config, global: globalThis });
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    this.#surroundings.restore();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Jest takes an environment without a context for one that has been torn down; OneRealmRuntime does without. */
  getVmContext() {
    return {};
  }
}

/** What suites may change and would hand on to the next: globals, environment variables, listeners, folder, exit code. */
class Surroundings {
  #globals = Object.getOwnPropertyDescriptors(globalThis);
  #variables = { ...process.env };
  #listeners = listeners();
  #process = { argv: [...process.argv], exitCode: process.exitCode };
  #folder = process.cwd();

  restore() {
    for (const name of Reflect.ownKeys(globalThis)) this.#restoreGlobal(name);
    this.#restoreVariables();
    for (const [event, added] of listeners()) {
      const before = this.#listeners.get(event);
      for (const each of added) if (!before?.includes(each)) process.off(event, each);
    }
    Object.assign(process, this.#process);
    if (process.cwd() !== this.#folder) process.chdir(this.#folder);
  }

  /** One that cannot be configured belongs to Jest's `expect`, which lives as long as the process. */
  #restoreGlobal(name) {
    const before = this.#globals[name];
    const now = Object.getOwnPropertyDescriptor(globalThis, name);
    if (!now.configurable || packageGlobals.has(name)) return;
    if (!before) delete globalThis[name];
    else if (now.value !== before.value || now.get !== before.get) {
      Object.defineProperty(globalThis, name, before);
    }
  }

  #restoreVariables() {
    for (const name of Object.keys(process.env)) if (!(name in this.#variables)) delete process.env[name];
    for (const [name, value] of Object.entries(this.#variables)) {
      if (process.env[name] !== value) process.env[name] = value;
    }
  }
}

function listeners() {
  return new Map(process.eventNames().map((event) => [event, process.rawListeners(event)]));
}
