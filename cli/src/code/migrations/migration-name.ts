import { MsxError } from '../../terminal/errors/msx-error.js';

/** The name for a migration, if one was chosen. Throws USAGE. */
export function checkedName(name: string | undefined): string | undefined {
  if (name === undefined || /^[a-z][a-z0-9]{0,39}(-[a-z0-9]{1,40}){0,9}$/.test(name)) return name;
  const reason = '--name must be words in lower case with dashes, such as add-nickname';
  throw new MsxError('USAGE', { reason, command: 'db diff' });
}
