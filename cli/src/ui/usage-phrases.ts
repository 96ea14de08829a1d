type Phrase = readonly [RegExp, (...parts: string[]) => string];

/** What oclif says of a value, as what the value must be. */
export const valuePhrases: readonly Phrase[] = [
  [/^Expected an integer but received: (.*)$/s, (text) => `must be a whole number, not "${text}"`],
  [
    /^Expected an integer greater than or equal to (\S+) but received: (.*)$/s,
    (least, text) => `must be at least ${least}, not ${text}`,
  ],
  [
    /^Expected an integer less than or equal to (\S+) but received: (.*)$/s,
    (most, text) => `must be at most ${most}, not ${text}`,
  ],
];

/** What oclif says of a command line. */
export const phrases: readonly Phrase[] = [
  [/^Nonexistent flag: (.*)$/s, (flag) => `there is no flag ${flag}`],
  [/^Nonexistent flags: (.*)$/s, (flags) => `there are no flags ${flags}`],
  [/^Unexpected arguments?: (.*)$/s, (texts) => `too many arguments: ${texts}`],
  [/^Flag --(\S+) expects a value$/, (flag) => `--${flag} needs a value`],
  [
    /^Flag --(\S+) expects one of these values: (.*)$/s,
    (flag, options) => `--${flag} needs a value: one of ${options}`,
  ],
  [/^Flag --(\S+) can only be specified once$/, (flag) => `--${flag} may be given only once`],
  [
    /^Expected --([^=]+)=(.*) to be one of: (.*)$/s,
    (flag, text, options) => `--${flag} must be one of ${options}, not "${text}"`,
  ],
  [
    /^Expected (.*) to be one of: (.*)$/s,
    (text, options) => `an argument must be one of ${options}, not "${text}"`,
  ],
  [/^Missing required flag (\S+)$/, (flag) => `--${flag} is missing`],
  [
    /^--([^=]+)=.* cannot also be provided when using --(\S+)$/s,
    (...flags) =>
      `${flags
        .map((flag) => `--${flag}`)
        .sort()
        .join(' and ')} exclude each other`,
  ],
  [
    /^All of the following must be provided when using --(\S+): (.*)$/s,
    (flag, others) => `--${flag} needs ${others} as well`,
  ],
  [/^Exactly one of the following must be provided: (.*)$/s, (flags) => `exactly one is needed of ${flags}`],
  [
    /^At least one of the following must be provided: (.*)$/s,
    (flags) => `at least one is needed of ${flags}`,
  ],
];

/** The message in the words of the first phrase that knows it. */
export function said(message: string, known: readonly Phrase[]): string | undefined {
  for (const [pattern, phrase] of known) {
    const found = pattern.exec(message);
    if (found) return phrase(...found.slice(1));
  }
  return undefined;
}
