import { MsxError } from '../../../terminal/errors/msx-error.js';
import { checkedWords } from '../names/noun.js';
import { camel, kebab, pascal, rpcWords, wordsOf } from '../names/words.js';
import { checkMessage, contractOf } from '../parts/contract.js';
import { findService } from '../parts/find-service.js';
import { plainFields } from '../parts/plain-fields.js';
import { findHandler } from './find-handler.js';
import type { Service, System } from '../../../model/system/system.js';
import type { Field } from '../fields/field.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Contract } from '../parts/contract.js';
import type { Handler } from './find-handler.js';
import type { RpcRequest } from './rpc-request.js';

export interface RpcModel {
  readonly id: string;
  readonly service: Service;
  readonly contract: Contract;
  /** The name in the casings that are needed: `ShipOrder`, `shipOrder`, `ship-order`. */
  readonly name: { readonly pascal: string; readonly camel: string; readonly kebab: string };
  readonly fields: readonly Field[];
  /** The field with the id of the entity. */
  readonly key: Field | undefined;
  readonly output: string | undefined;
  readonly query: boolean;
  readonly public: boolean;
  readonly handler: Handler | undefined;
  /** The GraphQL service that exposes it. */
  readonly gateway: Service | undefined;
}

const rpcId = (service: string, name: string): string => `rpc ${service}.${name}`;

/** Throws UNKNOWN_SERVICE, NAME_INVALID, NAME_TAKEN and FIELDS_INVALID. */
export function rpcModel(system: System, request: RpcRequest, ledger: Ledger): RpcModel {
  const [, target, method] = /^([\w-]+)\.(\w+)$/.exec(request.target) ?? [];
  if (!target || !method) {
    const reason = 'it must have the form service.Method';
    throw new MsxError('NAME_INVALID', { what: 'RPC', name: request.target, reason });
  }
  const service = findService(system, target);
  const contract = contractOf(system, service);
  const words = rpcWords(checkedWords(method, 'RPC'));
  const name = { pascal: pascal(words), camel: camel(words), kebab: kebab(words) };
  const id = rpcId(service.name, name.pascal);
  if (!ledger.slices[id] && new RegExp(`\\brpc ${name.pascal}\\s*\\(`).test(contract.text))
    throw new MsxError('NAME_TAKEN', { what: 'RPC', name: name.pascal, by: contract.file });
  if (request.output) checkMessage(contract, request.output);
  const handler = findHandler(system, service, contract.service!);
  const fields = keyed(plainFields(request.input), handler?.entity);
  const key = fields.find((field) => isKey(field, handler?.entity));
  const { output, query = false } = request;
  const gateway = system.services.find(
    ({ kind, calls }) => kind === 'graphql' && calls.includes(service.name),
  );
  return {
    id,
    service,
    contract,
    name,
    fields,
    key,
    output,
    query,
    public: request.public ?? false,
    handler,
    gateway,
  };
}

const isKey = ({ type, name }: Field, entity: string | undefined) =>
  type === 'id' && entity !== undefined && name === `${camel(wordsOf(entity))}Id`;

/** The id of the entity is always required. */
const keyed = (fields: readonly Field[], entity: string | undefined) =>
  fields.map((field) => (isKey(field, entity) ? { ...field, required: true } : field));
