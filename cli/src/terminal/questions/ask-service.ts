import { serviceChecks } from '../../code/generate/service/service-checks.js';
import type { Questions } from './questions.js';

/** The name of a service, and what it stores. */
interface ServiceAnswers {
  readonly name: string;
  readonly entity: string;
  readonly fields: string;
}

/** Asks for what the command line leaves out. Throws USAGE if it cannot ask. */
export async function askService(
  { name, entity, fields }: Partial<ServiceAnswers>,
  questions: Questions,
): Promise<ServiceAnswers> {
  const ask = (question: string, flag: string, check: (answer: string) => unknown) =>
    questions.text(question, { flag, check });
  return {
    name: name ?? (await ask('Name of the service', 'NAME', serviceChecks.name)),
    entity: entity ?? (await ask('Entity it stores, in the singular', '--entity', serviceChecks.entity)),
    fields:
      fields ?? (await ask("Fields, such as 'name:string!,price:money'", '--fields', serviceChecks.fields)),
  };
}
