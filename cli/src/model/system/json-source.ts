import { findNodeAtLocation, getNodeValue, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';

/** A position in a file; lines and columns count from 1. */
export interface SourcePosition {
  file: string;
  line: number;
  column: number;
}

/** Whether comments and trailing commas are allowed, as in tsconfig.json but not in package.json. */
export interface JsonOptions {
  comments: boolean;
}

/** A JSON text with the positions of its values. */
export class JsonSource {
  readonly #errors: ParseError[] = [];
  readonly #root: Node | undefined;
  readonly #text: string;

  constructor(
    readonly file: string,
    text: string,
    { comments }: JsonOptions = { comments: false },
  ) {
    this.#text = text.replace(/^\uFEFF/, '');
    const options = { disallowComments: !comments, allowTrailingComma: comments };
    this.#root = parseTree(this.#text, this.#errors, options);
  }

  /** The first syntax error and its position: `comma expected`. */
  get problem(): (SourcePosition & { reason: string }) | undefined {
    const [first] = this.#errors;
    return first && { ...this.#placeOf(first.offset), reason: wordsOf(printParseErrorCode(first.error)) };
  }

  /** The value, as far as it could be parsed. */
  get value(): unknown {
    return this.#root && getNodeValue(this.#root);
  }

  /** The position of a value, or of its nearest existing parent. */
  positionOf(path: (string | number)[]): SourcePosition {
    const node = this.#root && findNodeAtLocation(this.#root, path);
    if (!node && path.length > 0) return this.positionOf(path.slice(0, -1));
    return this.#placeOf(node?.parent?.type === 'property' ? node.parent.offset : (node?.offset ?? 0));
  }

  #placeOf(offset: number): SourcePosition {
    const before = this.#text.slice(0, offset).split('\n');
    return { file: this.file, line: before.length, column: before.at(-1)!.length + 1 };
  }
}

/** `CloseBraceExpected` → `close brace expected` */
const wordsOf = (code: string) => code.replace(/\B[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
