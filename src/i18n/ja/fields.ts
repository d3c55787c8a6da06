/** Japanese: the texts of the fields and forms of metadata. */
import type { FieldTexts } from '../catalogues.ts';

const bytes = (used: number, limit: number) =>
  `保存すると、データは${limit.toLocaleString('ja')}バイト中${used.toLocaleString('ja')}バイトになります。`;

const problems = {
  not_an_object: 'JSONオブジェクトである必要があります。',
  too_deep: '入れ子が深すぎます。',
  invalid_text: '保存できない文字が含まれています。',
  invalid_number: '正確に保存できない数値が含まれています。文字列として入力してください。',
  reserved_key: 'キー「__proto__」は使用できません。',
};

export const fields: FieldTexts = {
  field: {
    saving: '保存中…',
    saved: '保存しました',
    notSaved: (why) => `保存できませんでした。${why}`,
    signedOut: '変更するにはサインインしてください。',
    notShown: (json) => `保存されている値${json}はここに表示できません。変更すると置き換えられます。`,
    bytes,
    tooLarge: (used, limit) => `大きすぎます。${bytes(used, limit)}`,
  },
  moreFields: {
    notJson: (why) => `正しいJSONではありません。${why}`,
    notStorable: (problem) => `保存できません。${problems[problem]}`,
    nullMember: '値をnullにすることはできません。項目を削除してください。',
    tags: '選択済み',
    removeTag: (tag) => `${tag}を削除`,
  },
  form: {
    save: '保存',
    discard: '変更を破棄',
    saving: '保存中…',
    saved: '保存しました',
    notSaved: (why) => `保存できませんでした。${why}`,
    unchanged: '保存する変更はありません。',
  },
};
