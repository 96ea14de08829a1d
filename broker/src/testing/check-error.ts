import { ErrorCode } from '../wire/error-code.js';

interface Answer {
  readonly errorCode: number;
  readonly errorMessage?: string | null;
}

/** Throws if a part of a response is an error. */
export const checkError = ({ errorCode, errorMessage }: Answer, what: string): void => {
  if (errorCode === ErrorCode.NONE) return;
  const [name] = Object.entries(ErrorCode).find(([, code]) => code === errorCode) ?? [String(errorCode)];
  throw new Error(`${what}: ${name}${errorMessage ? `, ${errorMessage}` : ''}`);
};
