interface Attribute {
  readonly on: readonly number[];
  readonly off: number;
}

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, offset) => first + offset);

/** The text attributes that SGR (ECMA-48) can set. Concealed and blinking are left out, so that text stays legible. */
const ATTRIBUTES: readonly Attribute[] = [
  { on: [1, 2], off: 22 },
  { on: [3], off: 23 },
  { on: [4, 21], off: 24 },
  { on: [7], off: 27 },
  { on: [9], off: 29 },
  { on: [...range(30, 38), ...range(90, 97)], off: 39 },
  { on: [...range(40, 48), ...range(100, 107)], off: 49 },
  { on: [53], off: 55 },
  { on: [58], off: 59 },
];
/** Codes that are followed by a colour: `5;n` from the palette, or `2;red;green;blue`. */
const EXTENDED = new Set([38, 48, 58]);
const COLOUR_LENGTHS: Readonly<Record<string, number>> = { '5': 2, '2': 4 };

/** The current style of a text, after the SGR sequences so far. */
export class TextStyle {
  readonly #open = new Map<Attribute, string>();

  /** Applies these parameters. Returns the sequence to write for them, without unknown ones. */
  apply(parameters: string): string {
    return sequence(settingsOf(parameters).filter((setting) => this.#set(setting)));
  }

  /** The sequence that resets the style, if there is any. */
  suspend(): string {
    return this.#open.size > 0 ? sequence(['0']) : '';
  }

  /** The sequence that restores the style. */
  resume(): string {
    return sequence([...this.#open.values()]);
  }

  #set(setting: string): boolean {
    const code = Number.parseInt(setting, 10);
    if (code === 0) this.#open.clear();
    const attribute = ATTRIBUTES.find(({ on, off }) => off === code || on.includes(code));
    if (attribute?.off === code) this.#open.delete(attribute);
    else if (attribute) this.#open.set(attribute, setting);
    return code === 0 || attribute !== undefined;
  }
}

const sequence = (settings: readonly string[]) =>
  settings.length > 0 ? `\u001B[${settings.join(';')}m` : '';

/** Splits the parameters; those that form one colour stay together. */
function settingsOf(parameters: string): string[] {
  const rest = parameters.split(';').map((parameter) => parameter || '0');
  const settings: string[] = [];
  while (rest.length > 0) {
    const [code, form] = rest as [string, string?];
    const length = EXTENDED.has(Number(code)) ? 1 + (COLOUR_LENGTHS[form ?? ''] ?? rest.length) : 1;
    const setting = rest.splice(0, length);
    if (length === 1 || setting.length === length) settings.push(setting.join(';'));
  }
  return settings;
}
