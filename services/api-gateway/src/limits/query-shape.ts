import { Kind } from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';

/** What can be counted without the schema, fragments counted wherever they are spread. */
export interface QueryShape {
  readonly depth: number;
  readonly aliases: number;
  /** Fields of the outermost level. */
  readonly rootFields: number;
}

const NOTHING: QueryShape = { depth: 0, aliases: 0, rootFields: 0 };

/**
 * Measures selections of a document that need not be valid. Each fragment is measured once, however often it is spread,
 * so that a small document cannot cost much; one that spreads itself counts as nothing there.
 */
export class ShapeReader {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly measured = new Map<string, QueryShape>();

  constructor(document: DocumentNode) {
    const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(
      (fragments as FragmentDefinitionNode[]).map((fragment) => [fragment.name.value, fragment]),
    );
  }

  shapeOf({ selections }: SelectionSetNode): QueryShape {
    return selections.map((selection) => this.shapeOfSelection(selection)).reduce(together, NOTHING);
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

  /** Introspection is deep by nature; graphql-js has a limit of its own for it, and production has none of it. */
  private shapeWithin({ name, selectionSet }: FieldNode): QueryShape {
    return selectionSet && !name.value.startsWith('__') ? this.shapeOf(selectionSet) : NOTHING;
  }

  private shapeOfFragment(name: string): QueryShape {
    const known = this.measured.get(name);
    if (known) return known;
    this.measured.set(name, NOTHING);
    const fragment = this.fragments.get(name);
    const shape = fragment ? this.shapeOf(fragment.selectionSet) : NOTHING;
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

/** Fragments that spread fragments grow without end; figures stay whole numbers. */
function bounded(figure: number): number {
  return Math.min(figure, Number.MAX_SAFE_INTEGER);
}
