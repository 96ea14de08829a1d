import ts from 'typescript';
import { readFileSync } from 'node:fs';

/** Calls whose texts are questions, errors, help or progress, and not messages about an outcome. */
const OTHER_CALLS =
  /^(new MsxError|this\.during|this\.parse|confirm|questions\.\w+|interruptSignal|this\.logToStderr|runTasks)$/;
const HELP = /^(Flags|Args)\.\w+$|Flag$/;
const OTHER_PROPERTIES = ['description', 'helpValue', 'notice', 'flag', 'command', 'reason', 'doing'];

/** Every text of a source file that may be a message about an outcome, line by line, with `…` for interpolated values. */
export function textsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isNotOutcome(node)) return;
    const text = textOf(node);
    for (const line of text?.split('\n') ?? [])
      if (/[a-z]{2}.*( |…)|(…|: ).*[a-z]{2}/i.test(line)) texts.push(line.trim());
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

function isNotOutcome(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return true;
  if (ts.isPropertyDeclaration(node))
    return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;
  if (ts.isPropertyAssignment(node)) return OTHER_PROPERTIES.includes(node.name.getText());
  if (ts.isNewExpression(node)) return OTHER_CALLS.test(`new ${node.expression.getText()}`);
  return (
    ts.isCallExpression(node) &&
    (OTHER_CALLS.test(node.expression.getText()) || HELP.test(node.expression.getText()))
  );
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}
