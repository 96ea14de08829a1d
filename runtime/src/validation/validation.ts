import { DomainError } from '../errors/domain-error.js';

/** Few enough for a person to read, and to fit into a gRPC trailer. */
const MAX_PROBLEMS = 10;

/** Collects all problems of a request, so that they are reported at once. */
export class Validation {
  private readonly problems: { field: string; message: string }[] = [];

  check(ok: boolean, field: string, message: string): this {
    if (!ok && this.problems.length < MAX_PROBLEMS) this.problems.push({ field, message });
    return this;
  }

  /** Text of `min` to `max` characters. A NUL is refused because PostgreSQL cannot store it. */
  text(value: string, field: string, { min = 0, max }: { min?: number; max: number }): this {
    this.check(value.length > 0 || min === 0, field, 'must not be empty');
    this.check(value.length >= min || value.length === 0, field, `must have at least ${min} characters`);
    this.check(value.length <= max, field, `must have at most ${max} characters`);
    return this.check(!value.includes('\0'), field, 'must not contain a NUL character');
  }

  integer(value: number, field: string, { min, max }: { min: number; max: number }): this {
    const ok = Number.isSafeInteger(value) && value >= min && value <= max;
    return this.check(ok, field, `must be a whole number from ${min} to ${max}`);
  }

  /** @throws DomainError VALIDATION_FAILED, with the problems as JSON in `metadata.fields` */
  done(): void {
    const { error } = this;
    if (error) throw error;
  }

  /** What `done` throws. */
  get error(): DomainError | undefined {
    if (this.problems.length === 0) return undefined;
    const summary = this.problems.map(({ field, message }) => `${field} ${message}`).join('; ');
    return new DomainError('VALIDATION_FAILED', summary, {
      kind: 'invalid',
      metadata: { fields: JSON.stringify(this.problems) },
    });
  }
}
