/** Spanish: the texts for those who are signed in already. */
import type { SessionTexts } from '../catalogues.ts';

export const sessions: SessionTexts = {
  accounts: {
    title: 'Elige una cuenta',
    subtitle: 'Selecciona la cuenta con la que quieres continuar.',
    add: 'Añadir cuenta',
    signOutAll: 'Cerrar sesión en todas las cuentas',
  },
  signedInAs: (identifier) => `Sesión iniciada como ${identifier}`,
  resetPassword: { title: 'Restablece tu contraseña', subtitle: 'Tu cuenta necesita una contraseña nueva antes de que puedas continuar.' },
  setupMfa: {
    title: 'Configura la verificación en dos pasos',
    subtitle: 'Elige cómo quieres demostrar que eres tú en el segundo paso del inicio de sesión.',
    app: 'Aplicación de autenticación',
    phone: 'Códigos por SMS',
  },
  app: {
    title: 'Añade una aplicación de autenticación',
    subtitle: 'Introduce esta clave en tu aplicación de autenticación y después el código que muestra.',
    key: 'Clave',
    open: 'Abrir en una aplicación de este dispositivo',
  },
  phone: {
    title: 'Añade un número de teléfono',
    subtitle: 'Le enviaremos un código ahora y cada vez que inicies sesión.',
    label: 'Número de teléfono',
    use: (number) => `Usar ${number}`,
  },
  backupCodes: {
    title: 'Guarda tus códigos de respaldo',
    subtitle:
      'La verificación en dos pasos está activada. Guarda estos códigos en un lugar seguro: con cada uno puedes iniciar sesión una vez sin tu dispositivo.',
    copy: 'Copiar códigos',
    copied: 'Copiados.',
  },
};
