import { Node, Project, QuoteKind, SyntaxKind } from 'ts-morph';
import type {
  ArrayLiteralExpression,
  ClassDeclaration,
  InterfaceDeclaration,
  ObjectLiteralExpression,
  PropertyAssignment,
  SourceFile,
} from 'ts-morph';
import type { CodeEdit, ImportEdit, Where } from './edit.js';

type Listing = ArrayLiteralExpression | ObjectLiteralExpression | InterfaceDeclaration | ClassDeclaration;
type Place = Listing | PropertyAssignment;

/** A file of TypeScript while edits are made in it, or taken out: read once, however many they are. */
export class CodeFile {
  private readonly source: SourceFile;

  constructor(
    private readonly file: string,
    text: string,
  ) {
    this.source = project.createSourceFile(`/${file}`, text, { overwrite: true });
  }

  get text(): string {
    return this.source.getFullText();
  }

  /** What was made before is left as it is. Answers what a person is to do, where no place is found. */
  add(edit: CodeEdit | ImportEdit): string | undefined {
    if (edit.kind === 'import') return void addImport(this.source, edit);
    const place = placeOf(this.source, edit.where);
    if (!place) return `${this.file}: add to ${describe(edit.where)}: ${edit.text}`;
    if (Node.isPropertyAssignment(place)) return void place.setInitializer(edit.text);
    if (partsOf(place).some((part) => isWritten(part, edit.text))) return undefined;
    insert(place, edit);
  }

  /** What is gone is gone. */
  remove(edit: CodeEdit | ImportEdit): void {
    if (edit.kind === 'import') return removeImport(this.source, edit);
    const place = placeOf(this.source, edit.where);
    if (!place || Node.isPropertyAssignment(place)) return;
    const part = partsOf(place).find((each) => isWritten(each, edit.text));
    if (!part) return;
    if (Node.isArrayLiteralExpression(place)) place.removeElement(place.getElements().indexOf(part as never));
    else (part as Node & { remove(): void }).remove();
  }
}

const project = new Project({
  useInMemoryFileSystem: true,
  skipLoadingLibFiles: true,
  skipFileDependencyResolution: true,
  manipulationSettings: { quoteKind: QuoteKind.Single },
});

function placeOf(source: SourceFile, where: Where): Place | undefined {
  switch (where.at) {
    case 'interface':
      return source.getInterface(where.name);
    case 'class':
      return source.getClass(where.name);
    case 'methods':
      return source.getClass(where.class);
    case 'call-list':
      return optionOf(source, where)?.getInitializer()?.asKind(SyntaxKind.ArrayLiteralExpression);
    case 'call-option':
      return optionOf(source, where);
    case 'list':
      return source
        .getVariableDeclaration(where.variable)
        ?.getFirstDescendantByKind(SyntaxKind.ArrayLiteralExpression);
    case 'decorator-list': {
      const [options] = source.getClass(where.class)?.getDecorator(where.decorator)?.getArguments() ?? [];
      if (!Node.isObjectLiteralExpression(options)) return undefined;
      const property = options.getProperty(where.property);
      if (!property) options.addPropertyAssignment({ name: where.property, initializer: '[]' });
      const value = options
        .getProperty(where.property)
        ?.asKind(SyntaxKind.PropertyAssignment)
        ?.getInitializer();
      return value?.asKind(SyntaxKind.ArrayLiteralExpression);
    }
    case 'object': {
      const owner = source.getClass(where.class);
      const member = owner?.getMethod(where.member) ?? owner?.getProperty(where.member);
      const returned = member?.getFirstDescendantByKind(SyntaxKind.ReturnStatement) ?? member;
      return returned?.getFirstDescendantByKind(SyntaxKind.ObjectLiteralExpression);
    }
  }
}

function partsOf(place: Listing): Node[] {
  if (Node.isArrayLiteralExpression(place)) return place.getElements();
  if (Node.isObjectLiteralExpression(place)) return place.getProperties();
  return place.getMembers();
}

function optionOf(
  source: SourceFile,
  where: { call: string; property: string },
): PropertyAssignment | undefined {
  const call = source
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .find((each) => each.getExpression().getText() === where.call);
  const [options] = call?.getArguments() ?? [];
  if (!Node.isObjectLiteralExpression(options)) return undefined;
  return options.getProperty(where.property)?.asKind(SyntaxKind.PropertyAssignment);
}

function insert(place: Listing, { text, where }: CodeEdit): void {
  if (Node.isArrayLiteralExpression(place)) place.addElement(text);
  else if (Node.isObjectLiteralExpression(place)) place.insertProperty(place.getProperties().length, text);
  else if (Node.isInterfaceDeclaration(place) || where.at === 'methods')
    place.insertMember(place.getMembers().length, text);
  else place.insertMember((place as ClassDeclaration).getProperties().length, text);
}

const isWritten = (node: Node, text: string) => compact(node.getText()) === compact(text);
const compact = (text: string) => text.replace(/[\s;,]+/g, '');

const describe = (where: Where): string => {
  switch (where.at) {
    case 'interface':
    case 'class':
      return `${where.at} ${where.name}`;
    case 'methods':
      return `class ${where.class}`;
    case 'list':
      return `the list of ${where.variable}`;
    case 'decorator-list':
      return `${where.property} of @${where.decorator} of ${where.class}`;
    case 'object':
      return `the object of ${where.class}.${where.member}`;
    case 'call-list':
    case 'call-option':
      return `${where.property} of ${where.call}`;
  }
};

function addImport(source: SourceFile, { from, names, typeOnly = false }: ImportEdit): void {
  const imports = source.getImportDeclarations();
  const known = imports.filter((each) => each.getModuleSpecifierValue() === from);
  const imported = known.flatMap((each) => each.getNamedImports().map((name) => name.getName()));
  const missing = names.filter((name) => !imported.includes(name));
  if (missing.length === 0) return;
  const same = known.find((each) => each.isTypeOnly() === typeOnly && each.getNamedImports().length > 0);
  if (same) return void same.addNamedImports(missing);
  const after = imports.findIndex((each) => comesAfter(each.getModuleSpecifierValue(), from));
  source.insertImportDeclaration(after < 0 ? imports.length : after, {
    moduleSpecifier: from,
    namedImports: missing,
    isTypeOnly: typeOnly,
  });
}

/** Packages first, then what is around, in order of the alphabet. */
const comesAfter = (one: string, other: string) =>
  one.startsWith('.') && (!other.startsWith('.') || one > other);

function removeImport(source: SourceFile, { from, names, typeOnly = false }: ImportEdit): void {
  for (const each of source.getImportDeclarations()) {
    if (each.getModuleSpecifierValue() !== from || each.isTypeOnly() !== typeOnly) continue;
    for (const named of each.getNamedImports()) {
      const name = named.getName();
      const uses = source
        .getDescendantsOfKind(SyntaxKind.Identifier)
        .filter((node) => node.getText() === name);
      if (names.includes(name) && uses.length <= 1) named.remove();
    }
    if (each.getNamedImports().length > 0 || each.getDefaultImport() || each.getNamespaceImport()) continue;
    // With its line, and nothing of the empty lines around it.
    return void source.removeText(each.getStart(), each.getEnd() + 1);
  }
}
