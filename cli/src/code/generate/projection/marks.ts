import { MsxError } from '../../../terminal/errors/msx-error.js';

/** A template as a tree: text, conditional blocks and repeated blocks. Lines count from 1. */
export type Piece =
  | { readonly kind: 'text'; readonly line: number; readonly text: string }
  | { readonly kind: 'if'; readonly line: number; readonly condition: string; readonly pieces: Piece[] }
  | Each;

/** A block repeated for each item of a list, with the first case that fits the item. */
export interface Each {
  readonly kind: 'each';
  readonly line: number;
  readonly of: 'field' | 'value';
  /** Selects the items: an expression of traits, or `first`. */
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
  /** The condition of the whole file (`#file`). */
  readonly condition: string | undefined;
  readonly pieces: Piece[];
}

/** Marks are line comments, so that a template itself compiles. */
const MARK = /^[ \t]*\/\/[ \t]*#(\w+)[ \t]*(.*?)[ \t]*$/;

interface OpenBlock {
  readonly pieces: Piece[];
  readonly each?: Each;
  readonly line: number;
}

/** Throws TEMPLATE_INVALID for an unknown mark, an unclosed one, and a superfluous `#end`. */
export function parseTemplate(file: string, text: string): Template {
  const wrong = (line: number, reason: string) => new MsxError('TEMPLATE_INVALID', { file, line, reason });
  const pieces: Piece[] = [];
  const open: OpenBlock[] = [{ pieces, line: 1 }];
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
    else throw wrong(line, `unexpected "#${mark}"`);
  }
  if (open.length > 1) throw wrong(open.at(-1)!.line, 'missing "#end"');
  return { file, condition, pieces };
}

const linesOf = (text: string) => text.split(/(?<=\n)/);

function openIf({ pieces }: OpenBlock, line: number, condition: string): OpenBlock {
  const block = { kind: 'if' as const, line, condition, pieces: [] };
  pieces.push(block);
  return block;
}

function openEach({ pieces }: OpenBlock, line: number, rest: string): OpenBlock {
  const [, of = '', which] = /^(\w+)\s*(.*)$/.exec(rest) ?? [];
  const each: Each = { kind: 'each', line, of: of as Each['of'], which: which || 'any', cases: [] };
  pieces.push(each);
  return openCase(each, line, 'any');
}

/** The lines before the first `#case` are a case that fits everything. */
function openCase(each: Each, line: number, condition: string): OpenBlock {
  const [only] = each.cases;
  if (only && only.line === each.line && only.pieces.length === 0) each.cases.pop();
  const block: Case = { line, condition, pieces: [] };
  each.cases.push(block);
  return { pieces: block.pieces, each, line };
}

/** All code of a template, without the examples that exist only so that the template itself compiles. */
export function codeOf(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      if (piece.kind === 'if') return piece.condition === 'example' ? '' : codeOf(piece.pieces);
      return piece.cases.map((each) => codeOf(each.pieces)).join('');
    })
    .join('');
}
