import { Kind } from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';

/** The figures that can be counted without the schema; fragments count wherever they are spread. */
export interface QueryShape {
  readonly depth: number;
  readonly aliases: number;
  /** Fields at the top level. */
  readonly rootFields: number;
}

const EMPTY: QueryShape = { depth: 0, aliases: 0, rootFields: 0 };

/**
 * Measures selections of a document, which need not be valid. Each fragment is measured once, however often it is spread, so
 * that a small document cannot cost much; the recursive spread of a fragment counts as empty.
 */
export class QueryShapeReader {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly measured = new Map<string, QueryShape>();

  constructor(document: DocumentNode) {
    const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(
      (fragments as FragmentDefinitionNode[]).map((fragment) => [fragment.name.value, fragment]),
    );
  }

  shapeOf({ selections }: SelectionSetNode): QueryShape {
    return selections.map((selection) => this.shapeOfSelection(selection)).reduce(together, EMPTY);
  }

  private shapeOfSelection(selection: SelectionNode): QueryShape {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.shapeOfFragment(selection.name.value);
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.shapeOf(selection.selectionSet);
    const inner = this.shapeWithin(selection);
    return {
      depth: inner.depth + 1,
      aliases: inner.aliases + (selection.alias ? 1 : 0),
      rootFields: 1,
    };
  }

  /** Introspection is deep by nature; graphql-js limits it, and production disables it. */
  private shapeWithin({ name, selectionSet }: FieldNode): QueryShape {
    return selectionSet && !name.value.startsWith('__') ? this.shapeOf(selectionSet) : EMPTY;
  }

  private shapeOfFragment(name: string): QueryShape {
    const measured = this.measured.get(name);
    if (measured) return measured;
    this.measured.set(name, EMPTY);
    const fragment = this.fragments.get(name);
    const shape = fragment ? this.shapeOf(fragment.selectionSet) : EMPTY;
    this.measured.set(name, shape);
    return shape;
  }
}

function together(a: QueryShape, b: QueryShape): QueryShape {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: bounded(a.aliases + b.aliases),
    rootFields: bounded(a.rootFields + b.rootFields),
  };
}

/** Fragments that spread fragments grow exponentially; figures must stay safe integers. */
function bounded(figure: number): number {
  return Math.min(figure, Number.MAX_SAFE_INTEGER);
}
