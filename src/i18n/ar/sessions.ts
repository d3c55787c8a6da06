/** Arabic: the texts for those who are signed in already. */
import type { SessionTexts } from '../catalogues.ts';
import { isolated } from './isolated.ts';

export const sessions: SessionTexts = {
  accounts: {
    title: 'اختر حسابًا',
    subtitle: 'اختر الحساب الذي تريد المتابعة به.',
    add: 'إضافة حساب',
    signOutAll: 'تسجيل الخروج من جميع الحسابات',
  },
  signedInAs: (identifier) => `تم تسجيل الدخول باسم ${isolated(identifier)}`,
  resetPassword: { title: 'إعادة تعيين كلمة المرور', subtitle: 'يحتاج حسابك إلى كلمة مرور جديدة قبل أن تتمكن من المتابعة.' },
  setupMfa: {
    title: 'إعداد التحقق بخطوتين',
    subtitle: 'اختر كيف تريد إثبات هويتك في الخطوة الثانية من تسجيل الدخول.',
    app: 'تطبيق المصادقة',
    phone: 'رموز عبر الرسائل النصية',
  },
  app: {
    title: 'إضافة تطبيق مصادقة',
    subtitle: 'أدخل هذا المفتاح في تطبيق المصادقة، ثم أدخل الرمز الذي يعرضه التطبيق.',
    key: 'المفتاح',
    open: 'فتح في تطبيق على هذا الجهاز',
  },
  phone: {
    title: 'إضافة رقم هاتف',
    subtitle: 'سنرسل إليه رمزًا الآن وعند كل تسجيل دخول.',
    label: 'رقم الهاتف',
    use: (number) => `استخدام ${isolated(number)}`,
  },
  backupCodes: {
    title: 'احفظ رموز الاسترداد',
    subtitle: 'تم تفعيل التحقق بخطوتين. احتفظ بهذه الرموز في مكان آمن: يتيح لك كل رمز تسجيل الدخول مرة واحدة بدون جهازك.',
    copy: 'نسخ الرموز',
    copied: 'تم النسخ.',
  },
};
