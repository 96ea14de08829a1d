import { MsxError } from '../../../terminal/errors/msx-error.js';
import { closest } from '../../../model/system/closest.js';
import { nounOf } from '../names/noun.js';
import { pascal, wordsOf } from '../names/words.js';
import { readContract } from '../parts/contract.js';
import { sourceTextsOf } from '../parts/find-service.js';
import { pluralIn, sliceId } from '../service/service-model.js';
import type { Service, System } from '../../../model/system/system.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Contract } from '../parts/contract.js';
import type { Model } from '../projection/model.js';

/** An entity of an existing service, generated or not. */
export interface FoundEntity {
  /** As its class and its message are called. */
  readonly name: string;
  readonly table: string;
  readonly service: Service;
  readonly contract: Contract;
  /** The gateway that calls the service. */
  readonly gateway: Service | undefined;
  /** Without fields. */
  readonly model: Model;
  /** The slice that generated the service. */
  readonly part: string | undefined;
}

interface Candidate {
  readonly name: string;
  readonly table: string;
  readonly service: Service;
  readonly contract: Contract;
}

/** Finds an entity by its name in any casing. Throws UNKNOWN_ENTITY. */
export function findEntity(system: System, name: string, ledger: Ledger): FoundEntity {
  const all = system.services
    .filter(({ kind }) => kind === 'grpc')
    .flatMap((each) => entitiesOf(system, each));
  const found = all.find((each) => each.name === pascal(wordsOf(name)));
  if (!found) {
    const known = all.map((each) => each.name).sort();
    throw new MsxError('UNKNOWN_ENTITY', { name, known, similar: closest(pascal(wordsOf(name)), known) });
  }
  const { service, contract } = found;
  const id = sliceId(service.name);
  const gateway = system.services.find(
    ({ kind, calls }) => kind === 'graphql' && calls.includes(service.name),
  );
  return {
    ...found,
    gateway,
    part: ledger.slices[id] && id,
    model: {
      entity: nounOf(found.name, pluralIn(ledger, service.name)),
      service: wordsOf(service.name),
      system: wordsOf(contract.packageName.split('.')[0]!),
      port: service.port,
      healthPort: service.healthPort,
      fields: [],
    },
  };
}

const ENTITY = /@Entity\(\s*(?:\{[^}]*name:\s*)?['"](\w+)['"][^]*?\bclass (\w+)/g;

/** The classes of tables that the contract has a message for. */
function entitiesOf(system: System, service: Service): Candidate[] {
  const contracts = service.proto.map((file) => readContract(system, file));
  return [...sourceTextsOf(system, service).values()]
    .flatMap((text) => [...text.matchAll(ENTITY)])
    .flatMap(([, table, name]) => {
      const contract = contracts.find(({ messages }) => messages.includes(name!));
      return contract ? [{ name: name!, table: table!, service, contract }] : [];
    });
}
