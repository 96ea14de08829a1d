/**
 * An insertion into a file that may belong to the user: plain data, so that the ledger can store it and it can be
 * removed again. Idempotent.
 */
export type Edit = ImportEdit | CodeEdit | PartEdit | DataEdit | ProtoEdit;

/** `import { names } from 'from'`. */
export interface ImportEdit {
  readonly kind: 'import';
  readonly file: string;
  readonly from: string;
  /** Each as it is written: `name` or `name as other`. */
  readonly names: readonly string[];
  readonly typeOnly?: boolean;
  /** Takes the names out when nothing uses them any longer. */
  readonly gone?: true;
}

/** A part of code, found by the names of the parts around it: members, properties, elements and statements. */
export interface PartEdit {
  readonly kind: 'part';
  readonly file: string;
  /** The keys of the parts around it, the outermost first: see `partsOfFile`. */
  readonly path: readonly string[];
  readonly key: string;
  readonly text: string;
  /** The keys of parts that it is put before, the best first; at the end if there are none. */
  readonly before: readonly string[];
  /** A name: exports that contain it belong to this edit alone. */
  readonly owner?: string;
  /** Takes the part out. */
  readonly gone?: true;
}

/** A member, an element or a property, as source text, added after the existing ones. */
export interface CodeEdit {
  readonly kind: 'code';
  readonly file: string;
  readonly where: Where;
  readonly text: string;
}

/** A place in TypeScript, identified by the names of the surrounding declarations. */
export type Where =
  | {
      readonly at: 'decorator-list';
      readonly class: string;
      readonly decorator: string;
      readonly property: string;
    }
  /** The first array in the initializer of a variable. */
  | { readonly at: 'list'; readonly variable: string }
  | { readonly at: 'interface'; readonly name: string }
  | { readonly at: 'class'; readonly name: string }
  /** The object that a method returns, or a property holds. */
  | { readonly at: 'object'; readonly class: string; readonly member: string }
  /** The object in the initializer of a variable. */
  | { readonly at: 'properties'; readonly variable: string }
  /** After all members of a class. */
  | { readonly at: 'methods'; readonly class: string }
  /** A list among the options of a call, such as `EventsModule.forRoot`. */
  | { readonly at: 'call-list'; readonly call: string; readonly property: string }
  /**
   * The value of an option of a call, and its value `before`, which is restored when msx.yaml has no items at `unless`.
   */
  | {
      readonly at: 'call-option';
      readonly call: string;
      readonly property: string;
      readonly before?: string;
      readonly unless?: readonly string[];
    };

/** Whether the edit sets an option of a call, which several slices may share. */
export const isOption = (edit: Edit): boolean => edit.kind === 'code' && edit.where.at === 'call-option';

/** A declaration at the end of a contract, a line in one of its services, messages or enums, or an import. */
export interface ProtoEdit {
  readonly kind: 'proto';
  readonly file: string;
  readonly where:
    | { readonly at: 'end' }
    | { readonly at: 'imports' }
    | { readonly at: 'service' | 'message' | 'enum'; readonly name: string }
    /** In place of a field of a message. */
    | { readonly at: 'field'; readonly name: string; readonly field: string };
  readonly text: string;
}

/** In YAML or JSON: a key and its value (`set`), or another item of a list (`item`). */
export interface DataEdit {
  readonly kind: 'set' | 'item';
  readonly file: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/** The edited text, or instructions for the user because the place was not found. */
export type EditResult = { readonly text: string } | { readonly byHand: string };
