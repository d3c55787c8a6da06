/** Clerk's published types and ours, compared by the compiler: `test/types/coverage/compare.ts` says how, this reads what comes out. */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** @typedef {{ name: string, members: string[], missing: string[], different: string[] }} Comparison */

const question = `
import type { Different, Missing } from './compare.ts';
import type { Resources } from './resources.ts';
export type Answers = { [R in keyof Resources]: [official: Resources[R][0], missing: Missing<R>, different: Different<R>] };
`;

/**
 * @param {string} root folder of the project, with a slash at its end
 * @returns {Comparison[]} each member by its name, in the order of Clerk's types
 */
export function compareTypes(root = fileURLToPath(new URL('../../', import.meta.url))) {
  const file = `${root}test/types/coverage/question.ts`;
  const { checker, source } = compile(root, file);
  const [answers] = source.statements.filter(ts.isTypeAliasDeclaration).map((statement) => checker.getTypeAtLocation(statement));
  return (answers?.getProperties() ?? []).map((resource) => {
    const parts = checker.getTypeArguments(/** @type {ts.TypeReference} */ (checker.getTypeOfSymbol(resource)));
    const [official, missing = new Set(), different = new Set()] = [parts[0], ...parts.slice(1).map(names)];
    const members = (official?.getProperties() ?? []).filter((member) => isUserFacing(member, checker)).map(({ name }) => name);
    return {
      name: resource.name,
      members,
      missing: members.filter((member) => missing.has(member)),
      different: members.filter((member) => different.has(member)),
    };
  });
}

/**
 * @param {ts.Symbol} member
 * @param {ts.TypeChecker} checker
 */
function isUserFacing(member, checker) {
  return !member.name.startsWith('__') && !member.getJsDocTags(checker).some(({ name }) => name === 'internal');
}

/** The texts of a union of them. @param {ts.Type} type */
function names(type) {
  const parts = type.isUnion() ? type.types : [type];
  return new Set(parts.flatMap((part) => (part.isStringLiteral() ? [part.value] : [])));
}

/**
 * @param {string} root
 * @param {string} file that holds the question, and exists in the compiler alone
 */
function compile(root, file) {
  const config = ts.getParsedCommandLineOfConfigFile(
    `${root}test/types/tsconfig.json`,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: () => undefined,
    },
  );
  if (!config) throw new Error('test/types/tsconfig.json cannot be read.');
  const host = ts.createCompilerHost(config.options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, target, ...others) =>
    name === file ? ts.createSourceFile(name, question, target) : getSourceFile(name, target, ...others);
  const program = ts.createProgram([file, `${root}src/globals.d.ts`], config.options, host);
  const source = program.getSourceFile(file);
  if (!source) throw new Error(`${file} was not compiled.`);
  const mistakes = program.getSemanticDiagnostics(source);
  if (mistakes.length) throw new Error(ts.formatDiagnostics(mistakes, { ...host, getNewLine: () => '\n' }));
  return { checker: program.getTypeChecker(), source };
}
