/**
 * The gateway of the shop without the shop: what a new system starts with. Files about its entities go, and with them
 * whatever in the others stands on them: an element of a list, a variable, an import.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { Node, Project, SyntaxKind } from 'ts-morph';

/** Files that are about what the shop sells, to whom, and how they sign in there. */
const DOMAIN = [
  /^(models|resolvers|loaders|upstreams|subscriptions)\/(user|product|order|session|documented-operations|connections)\b/,
  /^checkout\//,
  /^auth\/login-limit\.ts$/,
  /^gen\//,
];

/** Tests that ask about the shop. */
const ABOUT_THE_SHOP = /\b(users?|products?|orders?|createUser|createOrder|usersCount|addUser|addProduct)\b/i;

/**
 * The sources of a gateway, by path within its src, without the domain.
 * @param own files that a new system has instead, by path
 */
export function pruneGateway(src, own) {
  const all = filesBelow(src);
  const kept = new Map();
  for (const file of all) {
    const text = own.get(file) ?? readFileSync(join(src, file), 'utf8');
    const isTest = file.endsWith('.test.ts');
    if (!isDomain(file) && !(isTest && ABOUT_THE_SHOP.test(text))) kept.set(file, text);
  }
  for (const [file, text] of own) kept.set(file, text);
  return prune(kept);
}

const isDomain = (file) => DOMAIN.some((pattern) => pattern.test(file));

function prune(files) {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  for (const [file, text] of files) if (file.endsWith('.ts')) project.createSourceFile(`/${file}`, text);
  /** What is no longer exported, by file. */
  const gone = new Map();
  for (let again = true; again;) {
    again = false;
    for (const source of [...project.getSourceFiles()]) again = pruneFile(source, files, gone) || again;
  }
  for (const source of project.getSourceFiles()) {
    const file = source.getFilePath().slice(1);
    if (files.has(file)) files.set(file, source.getFullText());
  }
  return files;
}

/** One round; whether anything changed. */
function pruneFile(source, files, gone) {
  const file = source.getFilePath().slice(1);
  const names = source.getImportDeclarations().flatMap((declaration) => unresolved(declaration, files, gone));
  if (names.length === 0) return false;
  if (/\.(test|fixture)\.ts$/.test(file)) {
    files.delete(file);
    source.forget();
    return true;
  }
  for (const name of names) removeUses(source, name, gone);
  return true;
}

/** Takes out of an import what is not there any more, and answers the names. */
function unresolved(declaration, files, gone) {
  const specifier = declaration.getModuleSpecifierValue();
  if (!specifier.startsWith('.')) return [];
  const from = dirname(declaration.getSourceFile().getFilePath().slice(1));
  const target = posix.join(from, specifier).replace(/\.js$/, '.ts');
  const named = declaration.getNamedImports();
  const lost = files.has(target) ? named.filter((each) => gone.get(target)?.has(each.getName())) : named;
  const names = lost.map((each) => each.getAliasNode()?.getText() ?? each.getName());
  if (lost.length === named.length && lost.length > 0) declaration.remove();
  else for (const each of lost) each.remove();
  return names;
}

function removeUses(source, name, gone) {
  const uses = () =>
    source.getDescendantsOfKind(SyntaxKind.Identifier).filter((node) => node.getText() === name);
  for (let use = uses()[0]; use; use = uses()[0]) {
    const element = [use, ...use.getAncestors()].find((each) =>
      Node.isArrayLiteralExpression(each.getParent()),
    );
    if (element) {
      element.getParentOrThrow().removeElement(element);
      continue;
    }
    const statement = use.getFirstAncestor((each) => Node.isSourceFile(each.getParent()));
    if (!Node.isVariableStatement(statement) && !Node.isTypeAliasDeclaration(statement))
      throw new Error(
        `${source.getFilePath()}: "${name}" is gone, and this stands on it:\n${statement?.getText()}`,
      );
    const file = source.getFilePath().slice(1);
    const declared = Node.isVariableStatement(statement)
      ? statement.getDeclarations().map((each) => each.getName())
      : [statement.getName()];
    gone.set(file, new Set([...(gone.get(file) ?? []), ...declared]));
    statement.remove();
    for (const each of declared) removeUses(source, each, gone);
  }
}

export function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
