import { callMethod } from '../../inspection/calls/call-method.js';
import { contractOf, methodOf } from '../../inspection/calls/methods.js';
import { chooseServices } from '../../model/system/choose-services.js';
import type { JsonValue } from '@bufbuild/protobuf';
import type { Contract } from '../../inspection/calls/methods.js';
import type { System } from '../../model/system/system.js';

/** Longer than a service needs while it is not disturbed. */
const TIMEOUT_MS = 10_000;

/** Calls the services of a system, without any state on the way: each call has a connection of its own. */
export class ServiceClient {
  readonly #contracts = new Map<string, Contract>();

  constructor(
    private readonly system: System,
    private readonly signal: AbortSignal,
  ) {}

  /** The only answer. Throws UNKNOWN_SERVICE, UNKNOWN_METHOD, REQUEST_INVALID, CALL_FAILED, SERVICE_UNREACHABLE. */
  async call<T>(name: string, methodName: string, request: object): Promise<T> {
    const contract = this.#contract(name);
    const method = methodOf(contract, methodName);
    const options = { timeoutMs: TIMEOUT_MS, signal: this.signal };
    const call = { system: this.system, contract, method };
    let answer: JsonValue = null;
    for await (const each of callMethod(call, request as JsonValue, options)) answer = each;
    return answer as T;
  }

  #contract(name: string): Contract {
    const known = this.#contracts.get(name);
    if (known) return known;
    const [service] = chooseServices(this.system, [name]);
    const contract = contractOf(service!);
    this.#contracts.set(name, contract);
    return contract;
  }
}
