import * as Flags from '@oclif/core/flags';
import { MsxError } from '../errors/msx-error.js';
import { parseAddress } from '../../model/system/address.js';
import { brokerProblem } from '../../model/system/broker-address.js';

interface Rule {
  /** What the value must be, as in `must be …`. */
  readonly rule: string;
  readonly isValid: (text: string) => boolean;
  /** What is wrong with an invalid text, as in `it …`. */
  readonly problem?: (text: string) => string | undefined;
  /** Whether the value must not be repeated in errors. */
  readonly isSecret?: boolean;
}

/** A text flag that is validated when the command line is parsed. */
const checked = ({ rule, isValid, isSecret, problem }: Rule, helpValue?: string) =>
  Flags.custom<string>({
    helpValue,
    parse: async (text, _, { name, env }) => {
      if (isValid(text)) return text;
      const source = `--${name}${env ? ` (or ${env})` : ''}`;
      const detail = problem?.(text);
      const value = isSecret ? '' : `, not "${text}"`;
      throw new MsxError('USAGE', {
        reason: `${source} must be ${rule}${value}${detail ? `: it ${detail}` : ''}`,
      });
    },
  });

const addressProblem = (text: string): string | undefined => {
  const parsed = parseAddress(text);
  return typeof parsed === 'string' ? parsed : undefined;
};

export const addressFlag = checked(
  { rule: 'host:port', isValid: (text) => !addressProblem(text), problem: addressProblem },
  'host:port',
);

const brokersProblem = (text: string) => text.split(',').map(brokerProblem).find(Boolean);

export const addressesFlag = checked(
  {
    rule: 'host:port, or several separated by commas',
    isValid: (text) => !brokersProblem(text),
    problem: brokersProblem,
  },
  'host:port',
);

export const urlFlag = checked(
  {
    rule: 'an http or https URL without a user name, such as http://localhost:3000/graphql',
    isValid: isHttpUrl,
  },
  'URL',
);

function isHttpUrl(text: string): boolean {
  const { protocol = '', port, username, password } = URL.canParse(text) ? new URL(text) : {};
  return /^https?:$/.test(protocol) && port !== '0' && !username && !password && !/\s/.test(text);
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

export const nonEmptyFlag = checked({ rule: 'a non-empty text', isValid: (text) => text.trim() !== '' });
