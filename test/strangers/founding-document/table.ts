/** The table of the founding document: one test for each statement, and the page of documentation that lists them. */
import { it } from 'node:test';
import { format, resolveConfig } from 'prettier';
import { mends } from './mends.ts';
import { statements } from './statements.ts';
import type { Statement, StatementId } from './statements.ts';

const shown = new Set<string>();

/** Declares the test of a statement. */
export function shows(id: StatementId, test: () => Promise<void>): void {
  if (shown.has(id)) throw new Error(`${id} has a test already.`);
  shown.add(id);
  it(`${id}: ${statements[id].says}`, test);
}

/** Statements without a test. */
export const withoutTest = (): string[] => Object.keys(statements).filter((id) => !shown.has(id));

export const documentationUrl = new URL('../../../docs/founding-document.md', import.meta.url);

const row = (...cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const code = (text: string) => (text ? `\`${text.replaceAll(/\s+/g, ' ')}\`` : '');

/** The page as it must be, formatted as all of ours are. */
export async function documentation(): Promise<string> {
  const rows = Object.entries<Statement>(statements).map(([id, { says, shown }]) => row(code(id), says, shown));
  const slips = Object.entries(mends).flatMap(([snippet, list]) =>
    list.map(({ from, to, why }) => row(code(snippet), code(from), code(to), why)),
  );
  const text = `# The founding document, statement by statement

This project began with Clerk's page "User metadata". Everything that page says has to be true here, and this is how that is shown:
every row is one test of \`test/strangers/founding-document\`, under the name in its first column. The snippets are kept there as they were
written; requests go to the local API, which runs on its real database. No rows are its links to other guides; what they lead to is in
[metadata](metadata.md) and [session tokens](session-tokens.md).

Written by \`node --import tsx test/strangers/founding-document/write-documentation.ts\`; a test fails where it differs from the tests.

| Test | The document says | Shown by |
| --- | --- | --- |
${rows.join('\n')}

## Slips of the document

Some snippets cannot run as they were written. What is mended, and nothing else:

| Snippet | Written | Mended | Why |
| --- | --- | --- | --- |
${slips.join('\n')}
`;
  return format(text, { ...(await resolveConfig(documentationUrl)), parser: 'markdown' });
}
