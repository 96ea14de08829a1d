import { LineCounter, isMap, isNode, isPair, isSeq, parseDocument } from 'yaml';
import { ambiguitiesIn } from './ambiguities.js';
import type { Document, Node, Pair } from 'yaml';
import type { Mistake, Path } from './shape.js';

/** A mistake with its position in a file; lines and columns count from 1. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  /** Such as services.order-service.needs[0]; empty for the whole file. */
  path: string;
  message: string;
  /** The complete message on one line, as compilers print it. */
  text: string;
}

const ONE_DOCUMENT = 'a second document begins here, but only one is allowed';

/** A YAML text with the positions of its values. */
export class YamlSource {
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

  /** The syntax errors and ambiguities in the YAML. */
  syntaxProblems(): Problem[] {
    const mistakes = this.#document.errors.map(({ code, pos, message }) =>
      this.#problem(pos[0], [], code === 'MULTIPLE_DOCS' ? ONE_DOCUMENT : message),
    );
    const ambiguous = ambiguitiesIn(this.#document).map(({ offset, message }) =>
      this.#problem(offset, [], message),
    );
    return [...mistakes, ...ambiguous];
  }

  /** Throws when the YAML has no value, such as for an unresolved alias. */
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

  /** The offset of the deepest part of the path that exists in the text. */
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

/** An absent value has a range after the end of its line; the position of its key is more useful. */
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
