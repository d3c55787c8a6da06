import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { presentUserSettings } from '../../../demo/server/present/user-settings.ts';
import { readSettings } from '../../../demo/server/settings.ts';
import { noRestrictions } from '../../../demo/server/store/access-identifiers.ts';

describe('presentUserSettings()', () => {
  it('asks for no identifier where providers are the only way in', () => {
    const asks = (password: boolean) => {
      const attributes = {
        email_address: { first_factors: [] },
        username: { enabled: true },
        password: { enabled: password, required: false },
      };
      const settings = readSettings({ attributes, social: [{ strategy: 'oauth_google' }] }, 'development');
      const { email_address: email, username } = presentUserSettings(settings, noRestrictions).attributes;
      return [email.used_for_first_factor, username.used_for_first_factor];
    };
    assert.deepEqual(
      [asks(true), asks(false)],
      [
        [true, true],
        [false, false],
      ],
    );
  });
});
