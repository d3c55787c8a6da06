/** Arabic, written from right to left. */
import { plural } from './plural.ts';
import { speakLanguage } from './speak-language.ts';

const form = plural('ar');

/** Addresses, numbers and names keep a direction of their own (Unicode FSI … PDI). */
const isolated = (text: string) => `\u2068${text}\u2069`;

const seconds = (count: number) => form(count, { one: 'ثانية واحدة', two: 'ثانيتين', few: `${count} ثوانٍ`, other: `${count} ثانية` });

const characters = (count: number) =>
  form(count, { one: 'حرف واحد', two: 'حرفين', few: `${count} أحرف`, many: `${count} حرفًا`, other: `${count} حرف` });

const bytes = (used: number, limit: number) => `تشغل بياناتك بذلك ${used.toLocaleString('ar')} من أصل ${limit.toLocaleString('ar')} بايت.`;

const problems = {
  not_an_object: 'يجب أن تكون كائن JSON.',
  too_deep: 'مستويات التداخل كثيرة جدًا.',
  invalid_text: 'تحتوي على حرف لا يمكن حفظه.',
  invalid_number: 'تحتوي على عدد لا يمكن حفظه بدقة: اكتبه كنص.',
  reserved_key: `المفتاح ${isolated('"__proto__"')} غير مسموح به.`,
};

/** For the core. */
export const speakAs = speakLanguage({
  beginnings: { social: { continueWith: (provider) => `المتابعة عبر ${isolated(provider)}`, lastUsed: 'المستخدم آخر مرة', or: 'أو' } },
  cards: {
    root: { lang: 'ar', dir: 'rtl' },
    loading: 'جارٍ التحميل…',
    continue: 'متابعة',
    retry: 'إعادة المحاولة',
    startAgain: 'البدء من جديد',
    signOut: 'تسجيل الخروج',
    edit: 'تعديل',
    showPassword: 'إظهار كلمة المرور',
    hidePassword: 'إخفاء كلمة المرور',
    useAnotherMethod: 'استخدام طريقة أخرى',
    failed: 'لا يمكن عرض هذا الآن',
    tryAgainIn: (count) => `يمكنك إعادة المحاولة بعد ${seconds(count)}.`,
    fields: {
      identifier: {
        emailAddress: 'البريد الإلكتروني',
        username: 'اسم المستخدم',
        phoneNumber: 'رقم الهاتف',
        both: (first, second) => `${first} أو ${second}`,
      },
      password: 'كلمة المرور',
    },
    signIn: {
      title: (application) => (application ? `تسجيل الدخول إلى ${isolated(application)}` : 'تسجيل الدخول'),
      subtitle: 'مرحبًا بعودتك. سجّل الدخول للمتابعة.',
      signUpText: 'ليس لديك حساب؟',
      signUpLink: 'إنشاء حساب',
    },
    signedIn: 'لقد سجّلت الدخول',
    password: { title: 'أدخل كلمة المرور', forgot: 'هل نسيت كلمة المرور؟' },
    emailCode: { sent: 'رمز جديد في طريقه إليك.' },
    unsupported: {
      title: 'هذه الخطوة غير متاحة هنا',
      subtitle: (what) => `تطلب خدمة تسجيل الدخول ما لا تعرفه هذه الصفحة: ${isolated(what)}`,
    },
    errors: {
      network_error: 'تعذّر الوصول إلى خدمة تسجيل الدخول. تحقق من الاتصال ثم أعد المحاولة.',
      clerk_offline: 'أنت غير متصل. اتصل بالإنترنت ثم أعد المحاولة.',
      unexpected: 'حدث خطأ ما. يرجى إعادة المحاولة.',
      too_many_requests: 'طلبات كثيرة جدًا. انتظر قليلًا ثم أعد المحاولة.',
      form_param_nil: 'املأ هذا الحقل.',
      form_param_nil__identifier: 'أدخل بريدك الإلكتروني أو اسم المستخدم.',
      form_param_nil__password: 'أدخل كلمة المرور.',
      form_param_nil__code: 'أدخل الرمز كاملًا.',
      form_code_incorrect: 'هذا الرمز غير صحيح.',
      form_identifier_not_found: 'لا يوجد حساب بهذه البيانات.',
      form_identifier_exists: 'هذه القيمة مستخدمة بالفعل.',
      form_param_format_invalid: 'هذه القيمة غير صالحة.',
      form_password_incorrect: 'كلمة المرور هذه غير صحيحة.',
      form_password_length_too_long: 'كلمة المرور هذه طويلة جدًا.',
      form_password_length_too_short: 'كلمة المرور هذه قصيرة جدًا.',
      form_password_pwned: 'ظهرت كلمة المرور هذه في تسريب بيانات. اختر غيرها.',
      form_username_invalid_character: 'يمكن أن يحتوي اسم المستخدم على أحرف لاتينية وأرقام وشرطات فقط.',
      form_username_invalid_length: 'اسم المستخدم هذا قصير جدًا أو طويل جدًا.',
      form_username_needs_non_number_char: 'لا يمكن أن يتكون اسم المستخدم من أرقام فقط.',
      strategy_for_user_invalid: 'لا يتيح هذا الحساب تسجيل الدخول بهذه الطريقة.',
      user_banned: 'هذا الحساب محظور. تواصل مع الدعم إذا كنت تظن أن هذا خطأ.',
      user_locked: 'حسابك مقفل مؤقتًا. أعد المحاولة لاحقًا.',
      verification_code_too_many_requests: 'طُلبت رموز كثيرة جدًا. انتظر قليلًا قبل أن تطلب رمزًا آخر.',
      verification_expired: 'انتهت الصلاحية. أعد الطلب.',
      verification_failed: 'محاولات خاطئة كثيرة جدًا. أعد الطلب.',
    },
  },
  code: {
    label: 'أدخل رمز التحقق',
    resend: (count) => `لم يصلك الرمز؟ إعادة الإرسال${count ? ` (${count})` : ''}`,
  },
  later: {
    modal: { 'clerk-sign-in': 'تسجيل الدخول', 'clerk-sign-up': 'إنشاء حساب', close: 'إغلاق النافذة' },
    back: 'رجوع',
    sentTo: (address) => (address ? `أرسلنا رمزًا إلى ${isolated(address)}.` : 'أرسلنا إليك رمزًا.'),
    newDevice: 'أنت تسجّل الدخول من جهاز جديد.',
    password: { method: 'تسجيل الدخول بكلمة المرور' },
    emailCode: { method: (address) => `إرسال رمز بالبريد إلى ${isolated(address)}`, title: 'تحقق من بريدك الإلكتروني' },
    phoneCode: { method: (number) => `إرسال رمز برسالة نصية إلى ${isolated(number)}`, title: 'تحقق من هاتفك' },
    totp: {
      method: 'استخدام تطبيق المصادقة',
      title: 'التحقق بخطوتين',
      subtitle: 'أدخل الرمز الذي يعرضه تطبيق المصادقة.',
    },
    backupCode: {
      method: 'استخدام رمز احتياطي',
      title: 'أدخل رمزًا احتياطيًا',
      subtitle: 'حصلت على هذه الرموز عند إعداد التحقق بخطوتين. يصلح كل رمز لمرة واحدة.',
      label: 'رمز احتياطي',
    },
    methods: { title: 'استخدام طريقة أخرى', subtitle: 'اختر كيف تريد تسجيل الدخول.' },
    forgotten: {
      title: 'هل نسيت كلمة المرور؟',
      subtitle: 'سنرسل إليك رمزًا تضبط به كلمة مرور جديدة.',
      button: 'إعادة ضبط كلمة المرور',
      or: 'أو سجّل الدخول بطريقة أخرى',
    },
    newPassword: {
      title: 'كلمة مرور جديدة',
      subtitle: 'اختر كلمة مرور لا تستخدمها في أي مكان آخر.',
      button: 'تغيير كلمة المرور',
      fields: {
        newPassword: 'كلمة المرور الجديدة',
        confirmPassword: 'تأكيد كلمة المرور',
        signOutOfOtherSessions: 'تسجيل الخروج من جميع الأجهزة الأخرى',
      },
      errors: { missing: 'أدخل كلمة المرور الجديدة مرة أخرى.', mismatch: 'كلمتا المرور مختلفتان.' },
    },
  },
  passwordRules: {
    minLength: (count) => `${characters(count)} على الأقل`,
    maxLength: (count) => `${characters(count)} على الأكثر`,
    uppercase: 'حرف لاتيني كبير',
    lowercase: 'حرف لاتيني صغير',
    number: 'رقم',
    special: 'رمز خاص',
    unmet: (rules) => `تحتاج كلمة المرور إلى: ${new Intl.ListFormat('ar').format(rules)}.`,
    met: 'كلمة المرور تستوفي جميع الشروط.',
  },
  signUp: {
    optional: 'اختياري',
    use: { emailAddress: 'استخدام البريد الإلكتروني', phoneNumber: 'استخدام رقم الهاتف' },
    fields: {
      emailAddress: 'البريد الإلكتروني',
      phoneNumber: 'رقم الهاتف',
      username: 'اسم المستخدم',
      firstName: 'الاسم الأول',
      lastName: 'اسم العائلة',
    },
    signUp: {
      title: 'إنشاء حسابك',
      subtitle: 'مرحبًا بك. املأ البيانات للبدء.',
      signInText: 'لديك حساب بالفعل؟',
      signInLink: 'تسجيل الدخول',
    },
    missingFields: { title: 'استكمال البيانات', subtitle: 'املأ ما تبقى للمتابعة.' },
    legal: {
      terms: 'شروط الخدمة',
      privacy: 'سياسة الخصوصية',
      both: 'أوافق على {terms} وعلى {privacy}',
      onlyTerms: 'أوافق على {terms}',
      onlyPrivacy: 'أوافق على {privacy}',
      plain: 'أوافق على شروط الاستخدام',
    },
    errors: {
      form_param_nil__email_address: 'أدخل بريدك الإلكتروني.',
      form_param_nil__phone_number: 'أدخل رقم هاتفك.',
      form_param_nil__legal_accepted: 'يرجى الموافقة قبل المتابعة.',
      form_identifier_exists__email_address: 'هذا البريد الإلكتروني مستخدم بالفعل. جرّب غيره أو سجّل الدخول.',
      form_identifier_exists__phone_number: 'رقم الهاتف هذا مستخدم بالفعل. جرّب غيره أو سجّل الدخول.',
      form_identifier_exists__username: 'اسم المستخدم هذا مستخدم بالفعل. جرّب غيره.',
      sign_up_mode_restricted: 'الحسابات الجديدة متاحة حاليًا بالدعوة فقط.',
    },
  },
  phone: { language: 'ar', country: 'البلد', choice: (country, callingCode) => `${country} (${isolated(`+${callingCode}`)})` },
  signUpLater: {
    verifyEmail: { title: 'تأكيد بريدك الإلكتروني', subtitle: 'أدخل الرمز الذي أرسلناه إلى بريدك الإلكتروني.' },
    verifyPhone: { title: 'تأكيد هاتفك', subtitle: 'أدخل الرمز الذي أرسلناه إلى هاتفك.' },
    restricted: { title: 'الوصول مقيّد', subtitle: 'الحسابات الجديدة متاحة حاليًا بالدعوة فقط.' },
    waitlist: {
      title: 'الانضمام إلى قائمة الانتظار',
      subtitle: 'أدخل بريدك الإلكتروني، وسنخبرك عندما يصبح مكانك جاهزًا.',
      label: 'البريد الإلكتروني',
      button: 'الانضمام إلى قائمة الانتظار',
    },
    joined: { title: 'أنت على قائمة الانتظار', subtitle: 'سنراسلك عندما يصبح مكانك جاهزًا.' },
    contact: 'التواصل مع الدعم',
  },
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
});
