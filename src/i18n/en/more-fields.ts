/** Texts of the further kinds of `<clerk-unsafe-field>`. */
export const en = {
  notJson: (why: string) => `This is not valid JSON. ${why}`,
  notStorable: (rule: string) => `This cannot be stored: it ${rule}`,
  nullMember: 'A member cannot be null: leave it out.',
  tags: 'Chosen so far',
  removeTag: (tag: string) => `Remove ${tag}`,
};
