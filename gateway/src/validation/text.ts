import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsEmail, IsNotEmpty, MaxLength, MinLength, ValidateIf } from 'class-validator';

const trim = Transform(({ value }) => (typeof value === 'string' ? value.trim() : (value as unknown)));

/** Text of at most `max` characters: trimmed, not empty. */
export function IsText(max: number): PropertyDecorator {
  return applyDecorators(trim, MaxLength(max, tooLong(max)), IsNotEmpty({ message: 'must not be empty' }));
}

/** Text of at most `max` characters; may be empty. */
export function IsTextUpTo(max: number): PropertyDecorator {
  return applyDecorators(MaxLength(max, tooLong(max)));
}

/** At most `count` texts, each of at most `max` characters. */
export function IsTextList(count: number, max: number): PropertyDecorator {
  return applyDecorators(
    ArrayMaxSize(count, { message: `must have at most ${count} entries` }),
    MaxLength(max, { ...tooLong(max), each: true }),
  );
}

/** The maximum length of an e-mail address (RFC 5321, 4.5.3.1.3, without the brackets). */
const MAX_EMAIL = 254;

/** An e-mail address, trimmed. */
export function IsEmailAddress(): PropertyDecorator {
  const message = 'must be an e-mail address';
  return applyDecorators(trim, IsEmail({}, { message }), MaxLength(MAX_EMAIL, tooLong(MAX_EMAIL)));
}

/** A password: 8 to 128 characters, unchanged. */
export function IsPassword(): PropertyDecorator {
  return applyDecorators(
    MaxLength(128, tooLong(128)),
    MinLength(8, { message: 'must be at least 8 characters long' }),
  );
}

/** An id: not empty, and short enough to be valid. */
export function IsId(): PropertyDecorator {
  return applyDecorators(MaxLength(128, tooLong(128)), IsNotEmpty({ message: 'must not be empty' }));
}

/** Allows a required field to be left out, but not to be null. */
export function IsUnlessLeftOut(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** Allows a field to be left out, or to be null: in updates, null clears it. */
export function IsGiven(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined && value !== null);
}

function tooLong(max: number): { message: string } {
  return { message: `must not be longer than ${max} characters` };
}
