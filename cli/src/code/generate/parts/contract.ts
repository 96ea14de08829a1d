import { join, relative } from 'node:path';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import { didYouMean } from '../../../model/system/closest.js';
import { readText } from '../../../model/system/read-file.js';
import type { Service, System } from '../../../model/system/system.js';

/** The parts of a contract that generators need. */
export interface Contract {
  /** Relative to the root. */
  readonly file: string;
  /** The name of its stub: `order` for order.proto. */
  readonly stub: string;
  readonly text: string;
  readonly packageName: string;
  /** The first service in it. */
  readonly service: string | undefined;
  readonly messages: readonly string[];
}

/** The first contract of a service that declares a service. Throws NAME_INVALID when none does. */
export function contractOf(system: System, { name, proto }: Service): Contract {
  const contracts = proto.map((file) => readContract(system, file));
  const found = contracts.find(({ service }) => service !== undefined);
  if (found) return found;
  const reason = 'none of its contracts in msx.yaml declares a service';
  throw new MsxError('NAME_INVALID', { what: 'service', name, reason });
}

export function readContract({ root, protoFolder }: System, file: string): Contract {
  const text = readText(join(protoFolder, file));
  return {
    file: relative(root, join(protoFolder, file)),
    stub: file.replace(/\.proto$/, ''),
    text,
    packageName: /^package ([\w.]+);/m.exec(text)?.[1] ?? '',
    service: /^service (\w+)/m.exec(text)?.[1],
    messages: [...text.matchAll(/^message (\w+)/gm)].map(([, name]) => name!),
  };
}

/** Throws NAME_INVALID unless the contract has such a message. */
export function checkMessage({ messages, file }: Contract, name: string): void {
  if (messages.includes(name)) return;
  const reason = `${file} has no such message${didYouMean(name, messages)}`;
  throw new MsxError('NAME_INVALID', { what: 'output', name, reason });
}
