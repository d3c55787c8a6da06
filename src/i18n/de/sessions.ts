/** German: the texts for those who are signed in already. */
import type { SessionTexts } from '../catalogues.ts';

export const sessions: SessionTexts = {
  accounts: {
    title: 'Konto auswählen',
    subtitle: 'Wählen Sie das Konto, mit dem Sie fortfahren möchten.',
    add: 'Konto hinzufügen',
    signOutAll: 'Von allen Konten abmelden',
  },
  signedInAs: (identifier) => `Angemeldet als ${identifier}`,
  resetPassword: { title: 'Passwort zurücksetzen', subtitle: 'Ihr Konto braucht ein neues Passwort, bevor Sie fortfahren können.' },
  setupMfa: {
    title: 'Zwei-Faktor-Bestätigung einrichten',
    subtitle: 'Wählen Sie, womit Sie beim Anmelden im zweiten Schritt bestätigen, dass Sie es sind.',
    app: 'Authenticator-App',
    phone: 'Codes per SMS',
  },
  app: {
    title: 'Authenticator-App hinzufügen',
    subtitle: 'Geben Sie diesen Schlüssel in Ihrer Authenticator-App ein, dann den Code, den die App anzeigt.',
    key: 'Schlüssel',
    open: 'In einer App auf diesem Gerät öffnen',
  },
  phone: {
    title: 'Telefonnummer hinzufügen',
    subtitle: 'Wir senden jetzt und bei jeder Anmeldung einen Code an diese Nummer.',
    label: 'Telefonnummer',
    use: (number) => `${number} verwenden`,
  },
  backupCodes: {
    title: 'Backup-Codes aufbewahren',
    subtitle:
      'Die Zwei-Faktor-Bestätigung ist eingeschaltet. Bewahren Sie diese Codes sicher auf: Mit jedem können Sie sich einmal ohne Ihr Gerät anmelden.',
    copy: 'Codes kopieren',
    copied: 'Kopiert.',
  },
};
