import { Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { DomainError } from '@msx/runtime';

/** What is wrong with one argument; nested ones are written as in `items[0].quantity`. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** The one place where arguments are checked, before anything else of an operation runs. */
@Injectable()
export class ArgumentsPipe extends ValidationPipe {
  constructor() {
    super({ transform: true, exceptionFactory: (errors) => validationFailed(problemsOf(errors)) });
  }
}

export function validationFailed(problems: FieldProblem[]): DomainError {
  const summary = problems.map(({ field, message }) => `${field} ${message}`).join('; ');
  return new DomainError('VALIDATION_FAILED', summary, {
    kind: 'invalid',
    metadata: { fields: JSON.stringify(problems) },
  });
}

function problemsOf(errors: ValidationError[], parent = ''): FieldProblem[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const field = pathTo(parent, property);
    const own = Object.values(constraints ?? {}).map((message) => ({ field, message }));
    return [...own, ...problemsOf(children ?? [], field)];
  });
}

function pathTo(parent: string, property: string): string {
  if (!parent) return property;
  return /^\d+$/.test(property) ? `${parent}[${property}]` : `${parent}.${property}`;
}
