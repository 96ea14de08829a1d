type Phrase = readonly [RegExp, (...parts: string[]) => string];

/** Messages of oclif about a value, rephrased as what the value must be. */
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

/** Messages of oclif about a command line. */
export const phrases: readonly Phrase[] = [
  [/^Nonexistent flag: (.*)$/s, (flag) => `unknown flag ${flag}`],
  [/^Nonexistent flags: (.*)$/s, (flags) => `unknown flags ${flags}`],
  [/^Unexpected arguments?: (.*)$/s, (texts) => `too many arguments: ${texts}`],
  [/^Flag --(\S+) expects a value$/, (flag) => `--${flag} needs a value`],
  [
    /^Flag --(\S+) expects one of these values: (.*)$/s,
    (flag, options) => `--${flag} needs a value: one of ${options}`,
  ],
  [/^Flag --(\S+) can only be specified once$/, (flag) => `--${flag} can be passed only once`],
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
        .join(' and ')} cannot be used together`,
  ],
  [
    /^All of the following must be provided when using --(\S+): (.*)$/s,
    (flag, others) => `--${flag} also needs ${others}`,
  ],
  [
    /^Exactly one of the following must be provided: (.*)$/s,
    (flags) => `exactly one of these is required: ${flags}`,
  ],
  [
    /^At least one of the following must be provided: (.*)$/s,
    (flags) => `at least one of these is required: ${flags}`,
  ],
];

/** The message rephrased by the first phrase whose pattern matches. */
export function rephrased(message: string, phrases: readonly Phrase[]): string | undefined {
  for (const [pattern, phrase] of phrases) {
    const match = pattern.exec(message);
    if (match) return phrase(...match.slice(1));
  }
  return undefined;
}
