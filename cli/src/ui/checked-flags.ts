import * as Flags from '@oclif/core/flags';
import { MsxError } from '../errors/msx-error.js';

interface Rule {
  /** What the value must be. */
  readonly rule: string;
  readonly isValid: (text: string) => boolean;
  /** Not repeated in an error. */
  readonly isSecret?: boolean;
}

/** A flag of text that is checked before anything is done with it. */
const checked = ({ rule, isValid, isSecret }: Rule, helpValue?: string) =>
  Flags.custom<string>({
    helpValue,
    parse: async (text, _, { name, env }) => {
      if (isValid(text)) return text;
      const source = `--${name}${env ? ` (or ${env})` : ''}`;
      throw new MsxError('USAGE', {
        reason: `${source} must be ${rule}${isSecret ? '' : `, not "${text}"`}`,
      });
    },
  });

const HOST_AND_PORT = /^([\w.-]+|\[[\da-f:.]+\]):(\d{1,5})$/i;

function isAddress(text: string): boolean {
  const [, host, port] = HOST_AND_PORT.exec(text) ?? [];
  return host !== undefined && URL.canParse(`http://${host}`) && Number(port) >= 1 && Number(port) <= 65_535;
}

/** The client of Kafka knows no IPv6 addresses, only names that lead to them. */
const isBroker = (text: string) => isAddress(text) && !text.startsWith('[');

export const addressFlag = checked({ rule: 'host:port', isValid: isAddress }, 'host:port');

export const addressesFlag = checked(
  {
    rule: 'host:port, or several of these with commas between',
    isValid: (text) => text.split(',').every(isBroker),
  },
  'host:port',
);

export const urlFlag = checked(
  {
    rule: 'a URL of http or https without a user name, such as http://localhost:3000/graphql',
    isValid: isHttpUrl,
  },
  'URL',
);

function isHttpUrl(text: string): boolean {
  const { protocol = '', username, password } = URL.canParse(text) ? new URL(text) : {};
  return /^https?:$/.test(protocol) && !username && !password;
}

/** An access token of the user to act as. */
export const tokenFlag = checked({
  rule: 'an access token: letters, digits and punctuation, without spaces or line breaks',
  isValid: (text) => /^[\x21-\x7e]+$/.test(text),
  isSecret: true,
});

/** RFC 1123, as Kubernetes names namespaces. */
export const namespaceFlag = checked({
  rule: 'a name of at most 63 lower-case letters, digits and dashes',
  isValid: (text) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text),
});

export const imageTagFlag = checked({
  rule: 'an image tag: at most 128 letters, digits, dots, dashes and underscores',
  isValid: (text) => /^\w[\w.-]{0,127}$/.test(text),
});

export const nonEmptyFlag = checked({ rule: 'given', isValid: (text) => text.trim() !== '' });
