import { serviceChecks } from '../../code/generate/service/service-checks.js';
import { brokers, databases, defaultFirst, variants } from '../../code/scaffold/system-request.js';
import type { FirstService, SystemRequest } from '../../code/scaffold/system-request.js';
import type { Questions } from './questions.js';

/** The flags that describe a new system. */
interface SystemFlags {
  readonly template?: SystemRequest['variant'];
  readonly service?: string;
  readonly entity?: string;
  readonly fields?: string;
  readonly 'no-service': boolean;
  readonly database?: SystemRequest['database'];
  readonly broker?: SystemRequest['broker'];
  readonly 'broker-address'?: string;
}

/** Asks for what the flags leave out. Throws USAGE if it cannot ask. */
export async function askSystem(
  name: string,
  flags: SystemFlags,
  questions: Questions,
): Promise<SystemRequest> {
  const variant = flags.template ?? (await questions.choice('Template', variants));
  const first = variant === 'empty' && !flags['no-service'] && (await askFirst(flags, questions));
  const database = flags.database ?? (await questions.choice('Database', databases));
  const broker = flags.broker ?? (await questions.choice('Broker in development', brokers));
  const address = { flag: '--broker-address, which an external broker needs,' };
  const brokerAddress =
    flags['broker-address'] ??
    (broker === 'external' ? await questions.text('Broker address, as host:port', address) : undefined);
  return { name, variant, first, database, broker, ...(brokerAddress && { brokerAddress }) };
}

async function askFirst(
  { service, entity, fields }: SystemFlags,
  questions: Questions,
): Promise<FirstService> {
  const defaults = service || entity || fields ? undefined : defaultFirst;
  const ask = (question: string, flag: keyof typeof serviceChecks) =>
    questions.text(question, {
      flag: flag === 'name' ? '--service' : `--${flag}`,
      defaultAnswer: defaults?.[flag],
      check: serviceChecks[flag],
    });
  return {
    name: service ?? (await ask('First service', 'name')),
    entity: entity ?? (await ask('Entity it stores, in the singular', 'entity')),
    fields: fields ?? (await ask("Fields, such as 'title:string!,price:money'", 'fields')),
  };
}
