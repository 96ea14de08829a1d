import { MsxError } from '../../../terminal/errors/msx-error.js';
import { isTrait, matches } from '../fields/field.js';
import { constant, snake } from '../names/words.js';
import { exemplar } from './exemplar.js';
import { fieldNames, rename, wordNames } from './rename.js';
import { hasFeatures, isFeature } from './subject.js';
import type { Field } from '../fields/field.js';
import type { Case, Each, Piece, Template } from './marks.js';
import type { Names } from './rename.js';
import type { Subject } from './subject.js';

/**
 * Projects a template onto another subject; undefined when the subject does not need the file. Names are renamed in
 * every casing, `#if` blocks are kept or dropped, and the `#case` that fits is repeated for `#each` field or value.
 * Throws TEMPLATE_INVALID for a mark with an unknown condition, and for one without effect.
 */
export function project(template: Template, subject: Subject): string | undefined {
  return new Projection(template, subject).text();
}

/** A field of the exemplar and the field that replaces it. */
interface Pair {
  readonly from: Field;
  readonly to: Field;
}

interface Scope {
  readonly names: Names;
  readonly pair?: Pair;
  /** The number of a field or value in a contract. */
  readonly number?: { readonly after: string; readonly value: number };
}

class Projection {
  private readonly exemplars = new Map<Case, Field | undefined>();

  constructor(
    private readonly template: Template,
    private readonly subject: Subject,
  ) {}

  text(): string | undefined {
    const { condition, pieces } = this.template;
    if (condition !== undefined && !this.holds(condition, 1)) return undefined;
    return this.render(pieces, { names: this.subject.names });
  }

  private render(pieces: readonly Piece[], scope: Scope): string {
    return pieces.map((piece) => this.renderPiece(piece, scope)).join('');
  }

  private renderPiece(piece: Piece, scope: Scope): string {
    switch (piece.kind) {
      case 'text':
        return rename(this.numbered(piece.text, scope), scope.names);
      case 'if':
        if (piece.pieces.length === 0) throw this.wrong(piece.line, 'this "#if" is empty');
        return this.holds(piece.condition, piece.line) ? this.render(piece.pieces, scope) : '';
      case 'each':
        return piece.of === 'field' ? this.eachField(piece, scope) : this.eachValue(piece, scope);
    }
  }

  private eachField(each: Each, scope: Scope): string {
    const first = firstNumber(each);
    const fields = this.subject.fields.filter((field) => this.fits(field, each.which, each.line));
    for (const block of each.cases) this.exemplarOf(block, each);
    return fields
      .map((field, n) => {
        const fitting = each.cases.find(({ condition, line }) => this.fits(field, condition, line));
        if (!fitting) throw this.wrong(each.line, `no "#case" fits the field ${field.name}`);
        const from = this.exemplarOf(fitting, each);
        if (!from) return '';
        const names = new Map([...scope.names, ...fieldNames(from, field)]);
        const number = { after: snake(from.words), value: first + n };
        const text = this.render(fitting.pieces, { names, pair: { from, to: field }, number });
        const condition = `${each.which} ${fitting.condition}`;
        return /\bdefault\b/.test(condition)
          ? this.withDefault(text, { from, to: field }, fitting.line)
          : text;
      })
      .join('');
  }

  private eachValue(each: Each, scope: Scope): string {
    if (!scope.pair) throw this.wrong(each.line, '"#each value" must be inside an enum');
    const { from, to } = scope.pair;
    const [block] = each.cases;
    const [exemplarValue] = from.values;
    if (!block || !textOf(block.pieces).includes(constant(exemplarValue!)))
      throw this.wrong(each.line, `this block does not name ${constant(exemplarValue!)}`);
    const first = firstNumber(each);
    const values = each.which === 'first' ? to.values.slice(0, 1) : to.values;
    return values
      .map((value, n) => {
        const names = new Map([...scope.names, ...wordNames(exemplarValue!, value)]);
        return this.render(block.pieces, {
          ...scope,
          names,
          number: { after: constant(exemplarValue!), value: first + n },
        });
      })
      .join('');
  }

  /** The field of the exemplar that a case is about; undefined when it has no code, or only example code. */
  private exemplarOf(block: Case, each: Each): Field | undefined {
    if (!this.exemplars.has(block)) this.exemplars.set(block, this.findExemplar(block, each));
    return this.exemplars.get(block);
  }

  private findExemplar({ condition, pieces, line }: Case, each: Each): Field | undefined {
    const text = textOf(pieces);
    if (text.trim() === '' || condition === 'example') return undefined;
    const named = exemplar.fields.filter(
      (field) =>
        this.fits(field, each.which, each.line) &&
        this.fits(field, condition, line) &&
        fieldNames(field, field).some(([name]) => isNamed(name, text)),
    );
    if (named.length === 1) return named[0];
    throw this.wrong(
      line,
      `this case names ${named.map(({ name }) => name).join(' and ') || 'no field'} of the example: exactly one is required`,
    );
  }

  private withDefault(text: string, { from, to }: Pair, line: number): string {
    const old = `: ${from.defaultLiteral}`;
    if (!text.includes(old)) throw this.wrong(line, `this case does not contain "${old}"`);
    return text.replace(old, `: ${to.defaultLiteral}`);
  }

  private numbered(text: string, { number }: Scope): string {
    if (!number || !this.template.file.endsWith('.proto')) return text;
    return text.replace(new RegExp(`(${number.after}) = \\d+;`), `$1 = ${number.value};`);
  }

  /** Whether the subject has the features in a condition, and any field matches the rest of it. */
  private holds(condition: string, line: number): boolean {
    const words = condition.split(/\s+/);
    const featureWords = words.filter((word) => word.split('|').every(isFeature));
    const ofFields = words.filter((word) => !featureWords.includes(word)).join(' ');
    if (!hasFeatures(this.subject, featureWords)) return false;
    return ofFields === '' || this.subject.fields.some((field) => this.fits(field, ofFields, line));
  }

  private fits(field: Field, condition: string, line: number): boolean {
    const unknown = condition.split(/[\s|]+/).find((word) => !isTrait(word));
    if (unknown !== undefined) throw this.wrong(line, `unknown feature "${unknown}"`);
    return matches(field, condition);
  }

  private wrong(line: number, reason: string) {
    return new MsxError('TEMPLATE_INVALID', { file: this.template.file, line, reason });
  }
}

/** Matches whole words only; a capital begins a new word. */
const isNamed = (name: string, text: string) =>
  new RegExp(`${/^[A-Z]/.test(name) ? '' : '(?<![a-z])'}${name}(?![a-z])`).test(text);

function textOf(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      return piece.kind === 'if'
        ? textOf(piece.pieces)
        : piece.cases.map((each) => textOf(each.pieces)).join('');
    })
    .join('');
}

/** The lowest number in a block of a contract, where numbering starts. */
function firstNumber({ cases }: Each): number {
  const lines = cases.flatMap(({ pieces }) =>
    pieces.flatMap((piece) => (piece.kind === 'text' ? [piece.text] : [])),
  );
  const numbers = lines.flatMap((text) => /= (\d+);/.exec(text)?.[1] ?? []).map(Number);
  return numbers.length ? Math.min(...numbers) : 1;
}
