import { LineCounter, isMap, isNode, isPair, isSeq, parseDocument } from 'yaml';
import type { Document, Node, Pair } from 'yaml';
import type { Mistake, Path } from './shape.js';

/** A mistake at its place in a file; lines and columns count from 1. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  /** e.g. services.order-service.needs[0]; empty for the file as a whole. */
  path: string;
  message: string;
  /** All of this in one line, as compilers print it. */
  text: string;
}

const ONE_DOCUMENT = 'a second document begins here: only one is allowed';

/** A YAML text that knows where in it each value is. */
export class Source {
  readonly #lines = new LineCounter();
  readonly #document: Document;

  constructor(
    readonly file: string,
    text: string,
  ) {
    this.#document = parseDocument(text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      logLevel: 'error',
    });
  }

  /** The mistakes in the YAML itself. */
  syntaxProblems(): Problem[] {
    return this.#document.errors.map(({ code, pos, message }) =>
      this.#problem(pos[0], [], code === 'MULTIPLE_DOCS' ? ONE_DOCUMENT : message),
    );
  }

  /** Throws when the YAML cannot be a value, e.g. because an alias leads nowhere. */
  value(): unknown {
    return this.#document.toJS();
  }

  problem({ path, at, message }: Mistake): Problem {
    return this.#problem(this.#offset(path, at), path, message);
  }

  #problem(offset: number, path: Path, message: string): Problem {
    const { line, col } = this.#lines.linePos(offset);
    const place = {
      file: this.file,
      line: Math.max(line, 1),
      column: Math.max(col, 1),
      path: pathText(path),
    };
    const where = `${place.file}:${place.line}:${place.column}`;
    const text = `${where} ${place.path ? `${place.path}: ` : ''}${message}`;
    return { ...place, message, text };
  }

  /** Where the deepest part of the path that the text really has begins. */
  #offset(path: Path, at: Mistake['at']): number {
    let node: unknown = this.#document.contents;
    let offset = startOf(node);
    for (const [depth, step] of path.entries()) {
      const child = childOf(node, step);
      if (child === undefined) break;
      const isLast = depth === path.length - 1;
      const part = isPair(child) && ((isLast && at === 'key') || !hasPlace(child.value)) ? child.key : child;
      offset = startOf(isPair(part) ? part.value : part) ?? offset;
      node = isPair(child) ? child.value : child;
    }
    return offset ?? 0;
  }
}

function childOf(node: unknown, step: string | number): Pair | Node | undefined {
  if (isMap(node)) return node.items.find(({ key }) => isNode(key) && String(key) === step);
  if (isSeq(node) && typeof step === 'number') return node.items[step] as Node | undefined;
  return undefined;
}

/** An absent value has a range too, but it points behind the line; its key is the better place. */
const hasPlace = (node: unknown) => isNode(node) && node.range != null && node.range[1] > node.range[0];
const startOf = (node: unknown) => (isNode(node) ? node.range?.[0] : undefined);

/** services.order-service.needs[0], topics["order.created"].partitions */
function pathText(path: Path): string {
  return path
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`;
      return /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    })
    .join('')
    .replace(/^\./, '');
}
