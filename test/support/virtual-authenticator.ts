/** Passkeys in Chromium without a device: its virtual authenticator. */
import type { Page } from 'playwright-core';

export interface VirtualAuthenticator {
  /** Whether the device knows its holder, by a fingerprint or a PIN. */
  setUserVerified(isUserVerified: boolean): Promise<void>;
  /** Whether somebody touches it, whenever it asks. */
  setPresent(isPresent: boolean): Promise<void>;
}

/** Gives the browser of a page a device that knows its holder, and is touched whenever it asks. */
export async function addVirtualAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    setUserVerified: async (isUserVerified) => {
      await devTools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    setPresent: async (isPresent) => {
      await devTools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: isPresent });
    },
  };
}

/** Asks for a passkey by a button. Who is touched after having been asked has not been touched: the attempt begins once the device may answer. */
export async function askAndTouch(page: Page, device: VirtualAuthenticator, ask: () => Promise<void>): Promise<void> {
  let begin = (): void => undefined;
  const mayBegin = new Promise<void>((resolve) => (begin = resolve));
  await page.route('**/v1/client/sign_ins?*', async (route) => {
    await mayBegin;
    await route.continue();
  });
  // The first field offers none from now on.
  await ask();
  await device.setPresent(true);
  begin();
}
