/** A pattern in the output of ts-proto and its correct replacement. */
type Correction = readonly [RegExp, string | ((part: string) => string)];

const NULL_PROTOTYPE_OBJECT = 'globalThis.Object.create(null)';

/**
 * Any string can be a map key: only an object without a prototype stores `__proto__` as an ordinary key and has no
 * inherited `constructor`.
 */
const maps: readonly Correction[] = [
  [
    /^function createBase[^]*?^\}/gm,
    (made) => made.replace(/: \{\}(?=[,\s])/g, `: ${NULL_PROTOTYPE_OBJECT}`),
  ],
  [/^( +obj\.\w+ = )\{\};/gm, `$1${NULL_PROTOTYPE_OBJECT};`],
  [/(return acc;\s+\},\s+)\{\}(?=,?\s)/g, `$1${NULL_PROTOTYPE_OBJECT}`],
  [/^( +: )\{\}(?=,$)/gm, `$1${NULL_PROTOTYPE_OBJECT}`],
  [/(const object: \{ \[key: string\]: any \} = )\{\}/g, `$1${NULL_PROTOTYPE_OBJECT}`],
];

/** In JSON every key is a string, including "false". */
const booleanKeys: Correction = [/globalThis\.Boolean\(key\)/g, 'key === "true"'];

/** The proto3 JSON form of a google.protobuf.Duration is "-1.5s"; an object with seconds and nanos is accepted, too. */
const durations: readonly Correction[] = [
  [
    /^ {2}fromJSON\(object: any\): Duration \{/gm,
    `$&
    if (typeof object === "string") {
      const [, sign, seconds, fraction = ""] = /^(-?)(\\d+)(?:\\.(\\d{1,9}))?s$/.exec(object) ?? [];
      if (seconds === undefined) {
        throw new globalThis.Error("not a google.protobuf.Duration: " + object);
      }
      const factor = sign ? -1 : 1;
      const nanos = factor * globalThis.Number(fraction.padEnd(9, "0"));
      return { seconds: factor * globalThis.Number(seconds) || 0, nanos: nanos || 0 };
    }`,
  ],
  [
    /^( {2}toJSON\(message: Duration\): unknown \{)[^]*?^ {2}\}/gm,
    `$1
    const sign = message.seconds < 0 || message.nanos < 0 ? "-" : "";
    const fraction = globalThis.String(Math.abs(message.nanos)).padStart(9, "0").replace(/0+$/, "");
    return sign + Math.abs(message.seconds) + (fraction && "." + fraction) + "s";
  }`,
  ],
];

/** In JSON a google.protobuf.FieldMask is a string, also as a map value. */
const masksInMaps: readonly Correction[] = [
  [
    /(as \[string, string\[\] \| undefined\]\[\];(?:(?!forEach)[^])*forEach\(\(\[k, v\]\) => \{\s+obj\.\w+\[k\] = )v;/g,
    '$1v && FieldMask.toJSON(FieldMask.wrap(v));',
  ],
  [/value: value as string\[\] \| undefined,/g, 'value: FieldMask.unwrap(FieldMask.fromJSON(value)),'],
];

/** The fraction of a google.protobuf.Timestamp counts forward, also before 1970. */
const timestamps: readonly Correction[] = [
  [/Math\.trunc\((date\.getTime\(\) \/ 1_000)\)/g, 'Math.floor($1)'],
  [/\(date\.getTime\(\) % 1_000\) \* 1_000_000/g, '((date.getTime() % 1_000 + 1_000) % 1_000) * 1_000_000'],
];

/**
 * The JSON form of a google.protobuf.Timestamp is RFC 3339 with a time zone and a valid day. ts-proto leaves parsing to
 * Date, which turns 30 February into 1 March. Precision is milliseconds.
 */
const strictTimestamps: Correction = [
  /^function fromJsonTimestamp\(o: any\): Date \{\n[^]*?\n\}\n/m,
  `function fromJsonTimestamp(o: any): Date {
  if (o instanceof globalThis.Date) {
    return o;
  }
  const [, local, decimals = "", sign = "", hours, minutes] =
    /^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(\\.\\d{1,9})?(?:Z|([+-])([01]\\d|2[0-3]):([0-5]\\d))$/.exec(o) ?? [];
  const date = new globalThis.Date(local + decimals.slice(0, 4) + "Z");
  const time = date.getTime();
  if (typeof o !== "string" || !local || !(time >= -62135596800000) || !date.toISOString().startsWith(local)) {
    throw new globalThis.Error("not a date and time with a zone: " + globalThis.String(o).slice(0, 64));
  }
  return sign ? new globalThis.Date(time - (sign + "1" as any) * (globalThis.Number(hours) * 60 + globalThis.Number(minutes)) * 60000) : date;
}
`,
];

/** A google.protobuf.Value can be null, which is not the same as absent. */
const nulls: Correction = [/isSet\((object\?\.\w+)\)(\s*\?\s*object\.\w+\s*:)/g, '$1 !== undefined$2'];

/**
 * A field without presence is left out of the bytes where it has its default, 0: minus zero has other bits and is
 * written (Protocol Buffers, "Field Presence"). JSON texts of JavaScript have no minus zero.
 */
const minusZeros: Correction = [
  /if \((message\.\w+) !== 0\)( \{\s+writer\.uint32\(\d+\)\.(?:double|float)\()/g,
  'if (!globalThis.Object.is($1, 0))$2',
];

const corrections: readonly Correction[] = [
  ...maps,
  booleanKeys,
  ...durations,
  ...masksInMaps,
  ...timestamps,
  strictTimestamps,
  nulls,
  minusZeros,
];

/** The corrections as text, for the input hash: stubs generated with other corrections are stale. */
export const correctionsText = corrections
  .map(([part, right]) => `${part.source} ${String(right)}`)
  .join('\n');

/** Corrects the known defects of a stub that ts-proto generated. */
export const correctStub = (text: string): string =>
  corrections.reduce((result, [part, right]) => result.replace(part, right as string), text);
