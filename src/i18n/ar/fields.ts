/** Arabic: the texts of the fields and forms of metadata. */
import type { FieldTexts } from '../catalogues.ts';
import { isolated } from './isolated.ts';

const bytes = (used: number, limit: number) => `تشغل بياناتك بذلك ${used.toLocaleString('ar')} من أصل ${limit.toLocaleString('ar')} بايت.`;

const problems = {
  not_an_object: 'يجب أن تكون كائن JSON.',
  too_deep: 'مستويات التداخل كثيرة جدًا.',
  invalid_text: 'تحتوي على حرف لا يمكن حفظه.',
  invalid_number: 'تحتوي على عدد لا يمكن حفظه بدقة: اكتبه كنص.',
  reserved_key: `المفتاح ${isolated('"__proto__"')} غير مسموح به.`,
};

export const fields: FieldTexts = {
  field: {
    saving: 'جارٍ الحفظ…',
    saved: 'تم الحفظ',
    notSaved: (why) => `لم يتم الحفظ. ${why}`,
    signedOut: 'سجّل الدخول لتغيير هذا.',
    notShown: (json) => `لا يمكن عرض القيمة المحفوظة ${isolated(json)} هنا. أي تغيير سيحل محلها.`,
    bytes,
    tooLarge: (used, limit) => `الحجم أكبر من المسموح. ${bytes(used, limit)}`,
  },
  moreFields: {
    notJson: (why) => `هذا ليس JSON صالحًا. ${isolated(why)}`,
    notStorable: (problem) => `لا يمكن حفظ هذه القيمة. ${problems[problem]}`,
    nullMember: `لا يمكن أن تكون قيمة العنصر ${isolated('null')}: احذفه.`,
    tags: 'ما اختير حتى الآن',
    removeTag: (tag) => `إزالة ${isolated(tag)}`,
  },
  form: {
    save: 'حفظ',
    discard: 'تجاهل التغييرات',
    saving: 'جارٍ الحفظ…',
    saved: 'تم الحفظ',
    notSaved: (why) => `لم يتم الحفظ. ${why}`,
    unchanged: 'لا توجد تغييرات لحفظها.',
  },
};
