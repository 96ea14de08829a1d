import { Node, Project, QuoteKind, SyntaxKind } from 'ts-morph';
import type {
  ArrayLiteralExpression,
  ClassDeclaration,
  InterfaceDeclaration,
  ObjectLiteralExpression,
  SourceFile,
} from 'ts-morph';
import type { CodeEdit, Edited, ImportEdit, Where } from './edit.js';

type Place = ArrayLiteralExpression | ObjectLiteralExpression | InterfaceDeclaration | ClassDeclaration;

/** The text with the edit made; as it was, when it was made before. */
export function addCode(text: string, edit: CodeEdit | ImportEdit): Edited {
  const source = sourceOf(edit.file, text);
  if (edit.kind === 'import') {
    addImport(source, edit);
    return { text: source.getFullText() };
  }
  const place = placeOf(source, edit.where);
  if (!place) return { byHand: `${edit.file}: add to ${describe(edit.where)}: ${edit.text}` };
  if (partsOf(place).some((part) => isWritten(part, edit.text))) return { text };
  insert(place, edit.text);
  return { text: source.getFullText() };
}

/** The text without what the edit put in; as it is, when that is gone. */
export function removeCode(text: string, edit: CodeEdit | ImportEdit): Edited {
  const source = sourceOf(edit.file, text);
  if (edit.kind === 'import') {
    removeImport(source, edit);
    return { text: source.getFullText() };
  }
  const place = placeOf(source, edit.where);
  const part = place && partsOf(place).find((each) => isWritten(each, edit.text));
  if (!place || !part) return { text };
  if (Node.isArrayLiteralExpression(place)) place.removeElement(place.getElements().indexOf(part as never));
  else (part as Node & { remove(): void }).remove();
  return { text: source.getFullText() };
}

function sourceOf(file: string, text: string): SourceFile {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    manipulationSettings: { quoteKind: QuoteKind.Single },
  });
  return project.createSourceFile(`/${file}`, text);
}

function placeOf(source: SourceFile, where: Where): Place | undefined {
  switch (where.at) {
    case 'interface':
      return source.getInterface(where.name);
    case 'class':
      return source.getClass(where.name);
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

function partsOf(place: Place): Node[] {
  if (Node.isArrayLiteralExpression(place)) return place.getElements();
  if (Node.isObjectLiteralExpression(place)) return place.getProperties();
  return place.getMembers();
}

function insert(place: Place, text: string): void {
  if (Node.isArrayLiteralExpression(place)) place.addElement(text);
  else if (Node.isObjectLiteralExpression(place)) place.insertProperty(place.getProperties().length, text);
  else if (Node.isInterfaceDeclaration(place)) place.insertMember(place.getMembers().length, text);
  else place.insertMember(place.getProperties().length, text);
}

const isWritten = (node: Node, text: string) => compact(node.getText()) === compact(text);
const compact = (text: string) => text.replace(/[\s;,]+/g, '');

const describe = (where: Where): string => {
  switch (where.at) {
    case 'interface':
    case 'class':
      return `${where.at} ${where.name}`;
    case 'list':
      return `the list of ${where.variable}`;
    case 'decorator-list':
      return `${where.property} of @${where.decorator} of ${where.class}`;
    case 'object':
      return `the object of ${where.class}.${where.member}`;
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
