import { MsxError } from '../../terminal/errors/msx-error.js';
import { checkedWords } from '../generate/names/noun.js';
import { kebab } from '../generate/names/words.js';
import type { BrokerMode } from '../../model/system/system.js';

export const variants = ['empty', 'shop'] as const;
export const databases = ['sqlite', 'postgres'] as const;
export const brokers = ['embedded', 'kafka', 'external'] as const satisfies readonly BrokerMode[];

/** The system to create. */
export interface SystemRequest {
  /** In any casing. */
  readonly name: string;
  /** `empty`: a gateway and a first service; `shop`: the reference shop. */
  readonly variant: (typeof variants)[number];
  readonly database: (typeof databases)[number];
  readonly broker: BrokerMode;
  /** host:port of the brokers, for an external broker. */
  readonly brokerAddress?: string;
  /** The first service of an empty system; none when false. */
  readonly first: FirstService | false;
}

export interface FirstService {
  readonly name: string;
  readonly entity: string;
  readonly fields: string;
}

export const defaultFirst: FirstService = {
  name: 'item-service',
  entity: 'Item',
  fields: 'name:string!,description:string,price:money!,stock:int=0,active:bool',
};

/** The name in the form of msx.yaml, npm and folders. Throws NAME_INVALID. */
export function systemName(name: string): string {
  const words = checkedWords(name, 'system');
  if (words[0] === 'msx' && words.length === 1)
    throw new MsxError('NAME_INVALID', { what: 'system', name, reason: 'it is the name of the command' });
  return kebab(words);
}
