import { Injectable } from '@nestjs/common';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { DomainError } from '@msx/runtime';

/** What is wrong with one argument; nested ones are written as in `items[0].quantity`. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** What `@Args` has for a type where it names no class of ours. */
const UNCHECKED: readonly unknown[] = [undefined, String, Boolean, Number, Array, Object];

/**
 * The one place where arguments are checked, before anything else of an operation runs. What Nest's ValidationPipe does,
 * for rules that answer at once: none of ours asks anybody.
 */
@Injectable()
export class ArgumentsPipe implements PipeTransform {
  /** @throws DomainError VALIDATION_FAILED */
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom' || UNCHECKED.includes(metatype)) return value;
    const args = plainToInstance(metatype!, value) as object;
    const errors = validateSync(args, { forbidUnknownValues: false });
    if (errors.length) throw validationFailed(problemsOf(errors));
    return args;
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
