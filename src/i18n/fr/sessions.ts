/** French: the texts for those who are signed in already. */
import type { SessionTexts } from '../catalogues.ts';

export const sessions: SessionTexts = {
  accounts: {
    title: 'Choisissez un compte',
    subtitle: 'Sélectionnez le compte avec lequel vous voulez continuer.',
    add: 'Ajouter un compte',
    signOutAll: 'Se déconnecter de tous les comptes',
  },
  signedInAs: (identifier) => `Connecté en tant que ${identifier}`,
  resetPassword: {
    title: 'Réinitialisez votre mot de passe',
    subtitle: 'Votre compte a besoin d’un nouveau mot de passe avant que vous puissiez continuer.',
  },
  setupMfa: {
    title: 'Configurez la validation en deux étapes',
    subtitle: 'Choisissez comment prouver, à la deuxième étape de la connexion, que c’est bien vous.',
    app: 'Application d’authentification',
    phone: 'Codes par SMS',
  },
  app: {
    title: 'Ajoutez une application d’authentification',
    subtitle: 'Saisissez cette clé dans votre application d’authentification, puis le code qu’elle affiche.',
    key: 'Clé',
    open: 'Ouvrir dans une application de cet appareil',
  },
  phone: {
    title: 'Ajoutez un numéro de téléphone',
    subtitle: 'Nous lui enverrons un code maintenant, puis à chaque connexion.',
    label: 'Numéro de téléphone',
    use: (number) => `Utiliser le ${number}`,
  },
  backupCodes: {
    title: 'Conservez vos codes de secours',
    subtitle:
      'La validation en deux étapes est activée. Gardez ces codes en lieu sûr : chacun permet de vous connecter une fois sans votre appareil.',
    copy: 'Copier les codes',
    copied: 'Copié.',
  },
};
