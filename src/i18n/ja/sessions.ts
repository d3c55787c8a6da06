/** Japanese: the texts for those who are signed in already. */
import type { SessionTexts } from '../catalogues.ts';

export const sessions: SessionTexts = {
  accounts: {
    title: 'アカウントを選択',
    subtitle: '続けるアカウントを選んでください。',
    add: 'アカウントを追加',
    signOutAll: 'すべてのアカウントからサインアウト',
  },
  signedInAs: (identifier) => `${identifier} としてサインインしています`,
  resetPassword: { title: 'パスワードの再設定', subtitle: '続けるには、新しいパスワードを設定する必要があります。' },
  setupMfa: {
    title: '2段階認証の設定',
    subtitle: 'サインインの2段階目で本人確認に使う方法を選んでください。',
    app: '認証アプリ',
    phone: 'SMSのコード',
  },
  app: {
    title: '認証アプリの追加',
    subtitle: 'このキーを認証アプリに入力し、アプリに表示されるコードを入力してください。',
    key: 'キー',
    open: 'このデバイスのアプリで開く',
  },
  phone: {
    title: '電話番号の追加',
    subtitle: 'この番号に、今とサインインのたびにコードを送信します。',
    label: '電話番号',
    use: (number) => `${number} を使う`,
  },
  backupCodes: {
    title: 'バックアップコードの保存',
    subtitle:
      '2段階認証が有効になりました。これらのコードを安全な場所に保管してください。デバイスがないとき、各コードで1回サインインできます。',
    copy: 'コードをコピー',
    copied: 'コピーしました。',
  },
};
