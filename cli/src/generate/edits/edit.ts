/**
 * One insertion into a file that may be a person's own: as data, so that the ledger can keep it and it can be taken
 * out again. Making it twice is making it once.
 */
export type Edit = ImportEdit | CodeEdit | DataEdit | ProtoEdit;

/** `import { names } from 'from'`. */
export interface ImportEdit {
  readonly kind: 'import';
  readonly file: string;
  readonly from: string;
  readonly names: readonly string[];
  readonly typeOnly?: boolean;
}

/** A member, an element or a property, as it is written, at the end of what is there. */
export interface CodeEdit {
  readonly kind: 'code';
  readonly file: string;
  readonly where: Where;
  readonly text: string;
}

/** A place in TypeScript, by the names of what is around it. */
export type Where =
  | {
      readonly at: 'decorator-list';
      readonly class: string;
      readonly decorator: string;
      readonly property: string;
    }
  /** The first list in what a variable is made of. */
  | { readonly at: 'list'; readonly variable: string }
  | { readonly at: 'interface'; readonly name: string }
  | { readonly at: 'class'; readonly name: string }
  /** The object that a method returns, or a property holds. */
  | { readonly at: 'object'; readonly class: string; readonly member: string }
  /** Behind all that a class has. */
  | { readonly at: 'methods'; readonly class: string }
  /** A list among the options of a call, such as `EventsModule.forRoot`. */
  | { readonly at: 'call-list'; readonly call: string; readonly property: string }
  /** What an option of a call is; and what it was before, which it is again once msx.yaml has nothing at `unless`. */
  | {
      readonly at: 'call-option';
      readonly call: string;
      readonly property: string;
      readonly before?: string;
      readonly unless?: readonly string[];
    };

/** Whether it says what an option of a call is, of which there is one for all who want it. */
export const isOption = (edit: Edit): boolean => edit.kind === 'code' && edit.where.at === 'call-option';

/** A declaration at the end of a contract, a line of one of its services, or an import. */
export interface ProtoEdit {
  readonly kind: 'proto';
  readonly file: string;
  readonly where:
    { readonly at: 'end' } | { readonly at: 'imports' } | { readonly at: 'service'; readonly name: string };
  readonly text: string;
}

/** In YAML or JSON: a key and its value (`set`), or one more item of a list (`item`). */
export interface DataEdit {
  readonly kind: 'set' | 'item';
  readonly file: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/** What a text becomes; or, in words, what a person is to do because the place was not found. */
export type Edited = { readonly text: string } | { readonly byHand: string };
