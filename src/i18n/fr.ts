/** French. */
import { fields } from './fr/fields.ts';
import { sessions } from './fr/sessions.ts';
import { plural } from './plural.ts';
import { speakLanguage } from './speak-language.ts';

const form = plural('fr');
const characters = (count: number) => `${count} ${form(count, { one: 'caractère', other: 'caractères' })}`;

/** For the core. */
export const speakAs = speakLanguage({
  appearance: { help: 'Aide', privacy: 'Confidentialité', terms: 'Conditions' },
  beginnings: {
    continue: 'Continuer',
    startAgain: 'Recommencer',
    link: {
      here: { title: 'Connexion réussie', subtitle: 'Vous serez redirigé dans un instant.' },
      onwards: { title: 'Votre adresse e-mail est vérifiée', subtitle: 'Vous serez redirigé dans un instant.' },
      elsewhere: {
        title: 'Votre adresse e-mail est vérifiée',
        subtitle: 'Retournez là où vous avez commencé pour continuer. Vous pouvez fermer cette page.',
      },
      expired: {
        title: 'Ce lien de vérification a expiré',
        subtitle: 'Retournez là où vous avez commencé et demandez-en un nouveau, ou recommencez ici.',
      },
      client_mismatch: {
        title: 'Ouvrez ce lien là où vous avez commencé',
        subtitle: 'Il ne fonctionne que dans le navigateur où vous l’avez demandé. Là, il est encore valable.',
      },
      failed: {
        title: 'Ce lien de vérification ne fonctionne pas',
        subtitle: 'Il a déjà été utilisé, ou un lien plus récent a été envoyé.',
      },
    },
    social: { continueWith: (provider) => `Continuer avec ${provider}`, lastUsed: 'Utilisé la dernière fois', or: 'ou' },
    ticket: {
      title: 'Un instant…',
      refused: 'Ce lien ne peut pas être utilisé',
      failed: 'L’affichage est impossible pour le moment',
      retry: 'Réessayer',
    },
    passkeyErrors: {
      passkey_retrieval_cancelled:
        'Aucune clé d’accès n’a été choisie, ou l’opération a pris trop de temps. Réessayez, ou utilisez une autre méthode.',
      passkey_invalid_rpID_or_domain: 'Les clés d’accès ne fonctionnent pas à cette adresse.',
    },
    passkeyFailed: 'Votre clé d’accès n’a pas pu être utilisée. Réessayez, ou utilisez une autre méthode.',
  },
  cards: {
    root: { lang: 'fr', dir: 'ltr' },
    loading: 'Chargement…',
    continue: 'Continuer',
    retry: 'Réessayer',
    startAgain: 'Recommencer',
    signOut: 'Se déconnecter',
    edit: 'Modifier',
    showPassword: 'Afficher le mot de passe',
    hidePassword: 'Masquer le mot de passe',
    useAnotherMethod: 'Utiliser une autre méthode',
    failed: 'L’affichage est impossible pour le moment',
    tryAgainIn: (seconds) => `Vous pourrez réessayer dans ${seconds} s.`,
    fields: {
      identifier: {
        emailAddress: 'Adresse e-mail',
        username: 'Nom d’utilisateur',
        phoneNumber: 'Numéro de téléphone',
        both: (first, second) => `${first} ou ${second.toLowerCase()}`,
        use: {
          emailAddress: 'Utiliser une adresse e-mail',
          username: 'Utiliser un nom d’utilisateur',
          phoneNumber: 'Utiliser un numéro de téléphone',
          both: 'E-mail ou nom d’utilisateur',
        },
      },
      password: 'Mot de passe',
    },
    signIn: {
      title: (application) => (application ? `Se connecter à ${application}` : 'Se connecter'),
      subtitle: 'Bon retour. Connectez-vous pour continuer.',
      passkey: 'Utiliser plutôt une clé d’accès',
      signUpText: 'Pas encore de compte ?',
      signUpLink: 'S’inscrire',
    },
    signedIn: 'Vous êtes connecté',
    password: { title: 'Saisissez votre mot de passe', forgot: 'Mot de passe oublié ?' },
    emailCode: { sent: 'Un nouveau code est en route.' },
    unsupported: {
      title: 'Cette étape n’est pas possible ici',
      subtitle: (what) => `Le service de connexion demande plus que ce que cette page connaît. Demandé : ${what}`,
    },
    errors: {
      network_error: 'Le service de connexion est injoignable. Vérifiez votre connexion, puis réessayez.',
      clerk_offline: 'Vous êtes hors ligne. Connectez-vous à Internet, puis réessayez.',
      unexpected: 'Une erreur s’est produite. Veuillez réessayer.',
      too_many_requests: 'Trop de demandes. Patientez un instant, puis réessayez.',
      form_param_nil: 'Remplissez ce champ.',
      form_param_nil__identifier: 'Saisissez votre adresse e-mail ou votre nom d’utilisateur.',
      phone_number_missing: 'Saisissez votre numéro de téléphone.',
      form_param_nil__password: 'Saisissez votre mot de passe.',
      form_param_nil__code: 'Saisissez le code en entier.',
      form_code_incorrect: 'Ce code est incorrect.',
      form_identifier_not_found: 'Aucun compte ne correspond à ces informations.',
      form_identifier_exists: 'Cette valeur est déjà prise.',
      form_param_format_invalid: 'Cette saisie n’est pas valide.',
      form_password_incorrect: 'Ce mot de passe est incorrect.',
      form_password_length_too_long: 'Ce mot de passe est trop long.',
      form_password_length_too_short: 'Ce mot de passe est trop court.',
      form_password_pwned: 'Ce mot de passe figure dans une fuite de données. Choisissez-en un autre.',
      form_username_invalid_character:
        'Le nom d’utilisateur ne peut contenir que des lettres, des chiffres, des tirets et des traits de soulignement.',
      form_username_invalid_length: 'Ce nom d’utilisateur est trop court ou trop long.',
      form_username_needs_non_number_char: 'Le nom d’utilisateur ne peut pas être fait que de chiffres.',
      strategy_for_user_invalid: 'Ce compte ne permet pas de se connecter ainsi.',
      user_banned: 'Ce compte a été banni. Contactez l’assistance si vous pensez qu’il s’agit d’une erreur.',
      user_locked: 'Votre compte est verrouillé pour un moment. Réessayez plus tard.',
      verification_code_too_many_requests: 'Trop de codes ont été demandés. Patientez un peu avant d’en demander un autre.',
      verification_expired: 'Le délai est dépassé. Faites une nouvelle demande.',
      verification_failed: 'Trop d’essais incorrects. Faites une nouvelle demande.',
    },
  },
  code: {
    label: 'Saisissez le code de vérification',
    resend: (seconds) => `Vous n’avez pas reçu de code ? Renvoyer${seconds ? ` (${seconds})` : ''}`,
  },
  later: {
    modal: {
      'clerk-sign-in': 'Se connecter',
      'clerk-sign-up': 'S’inscrire',
      'clerk-user-verification': 'Vérification requise',
      close: 'Fermer la fenêtre',
    },
    back: 'Retour',
    sentTo: (address) => (address ? `Nous avons envoyé un code à ${address}.` : 'Nous vous avons envoyé un code.'),
    newDevice: 'Vous vous connectez depuis un nouvel appareil.',
    password: { method: 'Se connecter avec le mot de passe' },
    emailCode: { method: (address) => `Envoyer un code par e-mail à ${address}`, title: 'Consultez votre messagerie' },
    passkey: {
      method: 'Se connecter avec votre clé d’accès',
      title: 'Utilisez votre clé d’accès',
      subtitle: 'Votre appareil peut vous demander votre empreinte digitale, votre visage ou le verrouillage de l’écran.',
    },
    phoneCode: { method: (number) => `Envoyer un code par SMS au ${number}`, title: 'Consultez votre téléphone' },
    totp: {
      method: 'Utiliser l’application d’authentification',
      title: 'Vérification en deux étapes',
      subtitle: 'Saisissez le code qu’affiche votre application d’authentification.',
    },
    backupCode: {
      method: 'Utiliser un code de secours',
      title: 'Saisissez un code de secours',
      subtitle: 'Vous avez reçu ces codes en activant la vérification en deux étapes. Chacun sert une seule fois.',
      label: 'Code de secours',
    },
    methods: { title: 'Utiliser une autre méthode', subtitle: 'Choisissez comment vous voulez vous connecter.' },
    forgotten: {
      title: 'Mot de passe oublié ?',
      subtitle: 'Nous vous enverrons un code. Il vous permettra de définir un nouveau mot de passe.',
      button: 'Réinitialiser le mot de passe',
      or: 'Ou connectez-vous autrement',
    },
    newPassword: {
      title: 'Définir un nouveau mot de passe',
      subtitle: 'Choisissez un mot de passe que vous n’utilisez nulle part ailleurs.',
      button: 'Changer le mot de passe',
      fields: {
        newPassword: 'Nouveau mot de passe',
        confirmPassword: 'Confirmer le mot de passe',
        signOutOfOtherSessions: 'Se déconnecter de tous les autres appareils',
      },
      errors: { missing: 'Saisissez encore une fois le nouveau mot de passe.', mismatch: 'Les deux mots de passe sont différents.' },
    },
  },
  link: {
    method: (address) => `Envoyer un lien par e-mail à ${address}`,
    title: 'Consultez votre messagerie',
    subtitle: (address) =>
      address
        ? `Ouvrez le lien de vérification que nous avons envoyé à ${address}.`
        : 'Ouvrez le lien de vérification que nous vous avons envoyé.',
    waiting: 'Nous attendons que le lien soit ouvert. Gardez cette page ouverte.',
    sent: 'Un nouveau lien est en route. Gardez cette page ouverte.',
    expired: {
      title: 'Ce lien de vérification a expiré',
      subtitle: 'Nous pouvons vous en envoyer un nouveau.',
      button: 'Envoyer un nouveau lien',
    },
    resend: (seconds) => `Vous n’avez pas reçu de lien ? Renvoyer${seconds ? ` (${seconds})` : ''}`,
  },
  passwordRules: {
    minLength: (count) => `au moins ${characters(count)}`,
    maxLength: (count) => `au plus ${characters(count)}`,
    uppercase: 'une majuscule',
    lowercase: 'une minuscule',
    number: 'un chiffre',
    special: 'un caractère spécial',
    unmet: (rules) => `Il faut à votre mot de passe ${new Intl.ListFormat('fr').format(rules)}.`,
    met: 'Votre mot de passe satisfait à toutes les exigences.',
  },
  providerErrors: {
    oauth_access_denied: 'Vous n’avez pas autorisé l’accès : il ne s’est donc rien passé. Réessayez, ou choisissez un autre moyen.',
    oauth_callback_invalid: 'La réponse du fournisseur n’a pas pu être utilisée. Réessayez, ou choisissez un autre moyen.',
    external_account_not_found: 'Aucun compte n’est associé ici à celui-ci. Inscrivez-vous d’abord, ou choisissez un autre moyen.',
    oauth_identification_claimed: 'Ce compte est déjà associé ici à une autre personne. Connectez-vous autrement.',
    identification_claimed: 'L’adresse e-mail de ce compte est déjà celle d’une autre personne ici. Connectez-vous autrement.',
  },
  sessions,
  signUp: {
    optional: 'Facultatif',
    use: { emailAddress: 'Utiliser une adresse e-mail', phoneNumber: 'Utiliser un numéro de téléphone' },
    fields: {
      emailAddress: 'Adresse e-mail',
      phoneNumber: 'Numéro de téléphone',
      username: 'Nom d’utilisateur',
      firstName: 'Prénom',
      lastName: 'Nom',
    },
    signUp: {
      title: 'Créer votre compte',
      subtitle: 'Bienvenue. Remplissez les champs pour commencer.',
      signInText: 'Vous avez déjà un compte ?',
      signInLink: 'Se connecter',
    },
    missingFields: { title: 'Compléter les informations', subtitle: 'Remplissez ce qui manque pour continuer.' },
    legal: {
      terms: 'conditions d’utilisation',
      privacy: 'politique de confidentialité',
      both: 'J’accepte les {terms} et la {privacy}',
      onlyTerms: 'J’accepte les {terms}',
      onlyPrivacy: 'J’accepte la {privacy}',
      plain: 'J’accepte les conditions d’utilisation',
    },
    errors: {
      form_param_nil__email_address: 'Saisissez votre adresse e-mail.',
      form_param_nil__phone_number: 'Saisissez votre numéro de téléphone.',
      form_param_nil__legal_accepted: 'Veuillez accepter avant de continuer.',
      form_param_format_invalid__phone_number: 'Ce n’est pas un numéro de téléphone du pays choisi.',
      form_identifier_exists__email_address: 'Cette adresse e-mail est déjà prise. Essayez-en une autre, ou connectez-vous.',
      form_identifier_exists__phone_number: 'Ce numéro de téléphone est déjà pris. Essayez-en un autre, ou connectez-vous.',
      form_identifier_exists__username: 'Ce nom d’utilisateur est déjà pris. Essayez-en un autre.',
      sign_up_mode_restricted: 'Les nouveaux comptes sont créés uniquement sur invitation pour le moment.',
    },
  },
  phone: { language: 'fr', country: 'Pays', choice: (country, callingCode) => `${country} (+${callingCode})` },
  signUpLater: {
    verifyEmail: { title: 'Vérifiez votre adresse e-mail', subtitle: 'Saisissez le code que nous avons envoyé à votre adresse e-mail.' },
    codeInstead: 'M’envoyer plutôt un code par e-mail',
    linkInstead: 'M’envoyer plutôt un lien par e-mail',
    verifyPhone: { title: 'Vérifiez votre téléphone', subtitle: 'Saisissez le code que nous avons envoyé à votre téléphone.' },
    restricted: { title: 'Accès restreint', subtitle: 'Les nouveaux comptes sont créés uniquement sur invitation pour le moment.' },
    waitlist: {
      title: 'Rejoindre la liste d’attente',
      subtitle: 'Saisissez votre adresse e-mail. Nous vous préviendrons quand votre place sera prête.',
      label: 'Adresse e-mail',
      button: 'Rejoindre la liste d’attente',
    },
    joined: { title: 'Vous êtes sur la liste d’attente', subtitle: 'Nous vous écrirons quand votre place sera prête.' },
    contact: 'Contacter l’assistance',
  },
  userVerification: {
    title: 'Vérification requise',
    subtitle: 'Saisissez votre mot de passe pour continuer.',
    methods: {
      title: 'Utiliser une autre méthode',
      subtitle: 'Choisissez comment vous voulez prouver que c’est bien vous.',
      password: 'Utiliser votre mot de passe',
      passkey: 'Utiliser votre clé d’accès',
    },
    signedOut: 'Connectez-vous d’abord, puis réessayez.',
  },
  ...fields,
});
