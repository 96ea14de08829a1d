import { MsxError } from '../../errors/msx-error.js';

/** A template as a tree: text, what is there under a condition, and what is repeated. Lines count from 1. */
export type Piece =
  | { readonly kind: 'text'; readonly line: number; readonly text: string }
  | { readonly kind: 'if'; readonly line: number; readonly condition: string; readonly pieces: Piece[] }
  | Each;

/** Of a list of things the first case that fits is taken for each. */
export interface Each {
  readonly kind: 'each';
  readonly line: number;
  readonly of: 'field' | 'value';
  /** Which of the things: an expression of traits, or `first`. */
  readonly which: string;
  readonly cases: Case[];
}

export interface Case {
  readonly line: number;
  readonly condition: string;
  readonly pieces: Piece[];
}

export interface Template {
  readonly file: string;
  /** What the file as a whole is for (`#file`). */
  readonly condition: string | undefined;
  readonly pieces: Piece[];
}

/** Marks stand in comments to the end of the line, so that a template compiles where it stands. */
const MARK = /^[ \t]*\/\/[ \t]*#(\w+)[ \t]*(.*?)[ \t]*$/;

interface Open {
  readonly pieces: Piece[];
  readonly each?: Each;
  readonly line: number;
}

/** Throws TEMPLATE_INVALID for a mark that is unknown, is never closed, or closes nothing. */
export function parseTemplate(file: string, text: string): Template {
  const wrong = (line: number, reason: string) => new MsxError('TEMPLATE_INVALID', { file, line, reason });
  const pieces: Piece[] = [];
  const open: Open[] = [{ pieces, line: 1 }];
  let condition: string | undefined;
  for (const [n, text_] of linesOf(text).entries()) {
    const line = n + 1;
    const [, mark, rest = ''] = MARK.exec(text_.trimEnd()) ?? [];
    const top = open.at(-1)!;
    if (mark === undefined) top.pieces.push({ kind: 'text', line, text: text_ });
    else if (mark === 'file' && line === 1) condition = rest;
    else if (mark === 'if') open.push(openIf(top, line, rest));
    else if (mark === 'each') open.push(openEach(top, line, rest));
    else if (mark === 'case' && top.each) open.splice(-1, 1, openCase(top.each, line, rest));
    else if (mark === 'end' && open.length > 1) open.pop();
    else throw wrong(line, `"#${mark}" makes no sense here`);
  }
  if (open.length > 1) throw wrong(open.at(-1)!.line, 'a mark is never closed by "#end"');
  return { file, condition, pieces };
}

const linesOf = (text: string) => text.split(/(?<=\n)/);

function openIf({ pieces }: Open, line: number, condition: string): Open {
  const block = { kind: 'if' as const, line, condition, pieces: [] };
  pieces.push(block);
  return block;
}

function openEach({ pieces }: Open, line: number, rest: string): Open {
  const [, of = '', which] = /^(\w+)\s*(.*)$/.exec(rest) ?? [];
  const each: Each = { kind: 'each', line, of: of as Each['of'], which: which || 'any', cases: [] };
  pieces.push(each);
  return openCase(each, line, 'any');
}

/** What stands before the first `#case` is itself a case, of everything. */
function openCase(each: Each, line: number, condition: string): Open {
  const [only] = each.cases;
  if (only && only.line === each.line && only.pieces.length === 0) each.cases.pop();
  const block: Case = { line, condition, pieces: [] };
  each.cases.push(block);
  return { pieces: block.pieces, each, line };
}
