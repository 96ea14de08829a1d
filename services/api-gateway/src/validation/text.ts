import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsEmail, IsNotEmpty, MaxLength, MinLength, ValidateIf } from 'class-validator';

const trim = Transform(({ value }) => (typeof value === 'string' ? value.trim() : (value as unknown)));

/** Text that says something: trimmed, not empty, at most `max` characters. */
export function IsText(max: number): PropertyDecorator {
  return applyDecorators(trim, MaxLength(max, tooLong(max)), IsNotEmpty({ message: 'must not be empty' }));
}

/** An e-mail address, trimmed. */
export function IsEmailAddress(): PropertyDecorator {
  return applyDecorators(trim, IsEmail({}, { message: 'must be an e-mail address' }));
}

/** A password worth the name: 8 to 128 characters, taken as they are. */
export function IsPassword(): PropertyDecorator {
  return applyDecorators(
    MaxLength(128, tooLong(128)),
    MinLength(8, { message: 'must be at least 8 characters long' }),
  );
}

/** An id as clients send it back: not empty, and short enough to be one of ours. */
export function IsId(): PropertyDecorator {
  return applyDecorators(MaxLength(128, tooLong(128)), IsNotEmpty({ message: 'must not be empty' }));
}

/** Lets a field be left out or be null, which both mean "unchanged". */
export function IsGiven(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined && value !== null);
}

function tooLong(max: number): { message: string } {
  return { message: `must not be longer than ${max} characters` };
}
