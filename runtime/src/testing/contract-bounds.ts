/** A text or list field of a request, with the maximum that the contract states. */
export interface BoundedField {
  /** In lower camel case, like all names: createProduct. */
  readonly rpc: string;
  readonly path: readonly string[];
  readonly kind: 'text' | 'list';
  /** The maximum number of characters or entries; undefined where the contract states none. */
  readonly max?: number;
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly repeated: boolean;
  readonly max?: number;
}

const RPC = /^\s*rpc (\w+)\(\s*(\w+)\s*\)/gm;
const MESSAGE = /^message (\w+) \{(.*?)\}/gms;
const FIELD = /((?:^\s*\/\/.*\n)*)^\s*(optional |repeated )?([\w.]+) (\w+) = \d+/gm;
const MAX = /\bAt most ([\d,]+)/;

/**
 * The text and list fields in the requests of a .proto file (as formatted in this repository), with the limits that
 * their comments begin with: `// At most 5,000 characters.`
 */
export function boundedFields(proto: string): BoundedField[] {
  const messages = new Map([...proto.matchAll(MESSAGE)].map(([, name, body]) => [name!, fieldsOf(body!)]));
  const within = (message: string, path: readonly string[]): Omit<BoundedField, 'rpc'>[] =>
    (messages.get(message) ?? []).flatMap(({ name, type, repeated, max }) => {
      const here = [...path, name];
      const own = repeated ? ('list' as const) : type === 'string' ? ('text' as const) : undefined;
      return [...(own ? [{ path: here, kind: own, max }] : []), ...within(type, here)];
    });
  return [...proto.matchAll(RPC)].flatMap(([, name, request]) =>
    within(request!, []).map((field) => ({ rpc: name![0]!.toLowerCase() + name!.slice(1), ...field })),
  );
}

function fieldsOf(body: string): Field[] {
  return [...body.matchAll(FIELD)].map(([, comment, label, type, name]) => {
    const [, max] = MAX.exec(comment!) ?? [];
    return {
      name: name!.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      type: type!,
      repeated: label === 'repeated ',
      ...(max && { max: Number(max.replaceAll(',', '')) }),
    };
  });
}
