import { Injectable } from '@nestjs/common';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { DomainError } from '@msx/runtime';

/** A problem with one argument; nested fields have a path such as `items[0].quantity`. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** As many as a person reads at once; the services use the same limit. */
const MAX_PROBLEMS = 10;

/** The types of `@Args` without a class of ours. */
const UNCHECKED: readonly unknown[] = [undefined, String, Boolean, Number, Array, Object];

/**
 * Validates all arguments, before anything else of an operation runs. Like Nest's ValidationPipe, but synchronous, since none
 * of our rules is asynchronous.
 */
@Injectable()
export class ArgumentsPipe implements PipeTransform {
  /** @throws DomainError VALIDATION_FAILED */
  transform(value: unknown, { type, metatype, data = 'value' }: ArgumentMetadata): unknown {
    const malformed = type === 'custom' ? [] : malformedStrings(value, '', data);
    if (malformed.length) throw validationFailed(malformed);
    if (type === 'custom' || UNCHECKED.includes(metatype)) return value;
    const args = plainToInstance(metatype!, value) as object;
    const errors = validateSync(args, { forbidUnknownValues: false });
    if (errors.length) throw validationFailed(problemsOf(errors));
    return args;
  }
}

export function validationFailed(all: FieldProblem[]): DomainError {
  const problems = all.slice(0, MAX_PROBLEMS);
  const summary = problems.map(({ field, message }) => `${field} ${message}`).join('; ');
  return new DomainError('VALIDATION_FAILED', summary, {
    kind: 'invalid',
    metadata: { fields: JSON.stringify(problems) },
  });
}

function problemsOf(errors: ValidationError[], parent = ''): FieldProblem[] {
  return errors.flatMap(({ property, value, constraints, children }) => {
    const field = pathTo(parent, property);
    if (value === null) return [{ field, message: 'must not be null' }];
    const own = Object.values(constraints ?? {}).map((message) => ({ field, message }));
    return [...own, ...problemsOf(children ?? [], field)];
  });
}

/** An unpaired surrogate is not a character and cannot be encoded in UTF-8, which the services use. */
function malformedStrings(value: unknown, parent: string, property: string): FieldProblem[] {
  const field = pathTo(parent, property);
  if (typeof value === 'string')
    return /\p{Surrogate}/u.test(value) ? [{ field, message: 'must not contain an unpaired surrogate' }] : [];
  if (typeof value !== 'object' || value === null || value instanceof Date) return [];
  const path = parent || property !== 'value' ? field : '';
  return Object.entries(value).flatMap(([key, each]) => malformedStrings(each, path, key));
}

function pathTo(parent: string, property: string): string {
  if (!parent) return property;
  return /^\d+$/.test(property) ? `${parent}[${property}]` : `${parent}.${property}`;
}
