import { metadataProblems } from '../../rules/metadata-limits.ts';
import type { MetadataProblem } from '../../rules/metadata-limits.ts';
import { catalogue } from '../../rules/page-texts.ts';

/** Texts of the further kinds of `<clerk-unsafe-field>`. */
export const en = catalogue('moreFields', {
  notJson: (why: string) => `This is not valid JSON. ${why}`,
  notStorable: (problem: MetadataProblem) => `This cannot be stored: it ${metadataProblems[problem]}`,
  nullMember: 'A member cannot be null: leave it out.',
  tags: 'Chosen so far',
  removeTag: (tag: string) => `Remove ${tag}`,
});
