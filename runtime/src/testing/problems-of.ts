import { DomainError } from '../errors/domain-error.js';

/** The problems that a check reports, each as "field message". */
export function problemsOf(check: () => unknown): string[] {
  try {
    check();
  } catch (error) {
    if (error instanceof DomainError && error.reason === 'VALIDATION_FAILED') return fieldsOf(error);
    throw error;
  }
  return [];
}

function fieldsOf(error: DomainError): string[] {
  const fields = JSON.parse(error.metadata.fields!) as { field: string; message: string }[];
  return fields.map(({ field, message }) => `${field} ${message}`);
}
