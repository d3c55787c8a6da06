import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { readEnvironment } from '../../support/environment.ts';
import { pageOrigin, startProductionApi } from '../../support/production.ts';

/** What the official browser reads of each block that is there (dossier part 1, §4.5): a missing key replaces its default by nothing. */
const expectedKeys: Record<string, string[]> = {
  auth_config: ['single_session_mode', 'reverification', 'claimed_at', 'preferred_channels', 'session_minter', 'test_mode'],
  display_config:
    'application_name home_url sign_in_url sign_up_url user_profile_url waitlist_url organization_profile_url create_organization_url after_sign_in_url after_sign_up_url after_sign_out_one_url after_sign_out_all_url after_switch_session_url after_join_waitlist_url after_create_organization_url after_leave_organization_url logo_image_url favicon_image_url terms_url privacy_policy_url support_email instance_environment_type id theme branded show_devmode_warning preferred_sign_in_strategy clerk_js_version google_one_tap_client_id captcha_public_key captcha_public_key_invisible captcha_widget_type captcha_provider captcha_oauth_bypass captcha_heartbeat captcha_heartbeat_interval_ms'.split(
      ' ',
    ),
  user_settings:
    'attributes social saml enterprise_sso sign_in sign_up restrictions password_settings username_settings passkey_settings actions attack_protection'.split(
      ' ',
    ),
  'user_settings.attributes':
    'email_address phone_number username web3_wallet first_name last_name password authenticator_app ticket backup_code passkey'.split(' '),
  'user_settings.sign_up':
    'mode progressive captcha_enabled captcha_widget_type custom_action_required legal_consent_enabled allowlist_only mfa'.split(' '),
  'user_settings.password_settings':
    'min_length max_length require_uppercase require_lowercase require_numbers require_special_char allowed_special_characters disable_hibp enforce_hibp_on_sign_in show_zxcvbn min_zxcvbn_strength'.split(
      ' ',
    ),
  'user_settings.attack_protection': ['user_lockout', 'pii', 'email_link', 'enumeration_protection'],
  organization_settings:
    'enabled max_allowed_memberships force_organization_selection actions domains slug organization_creation_defaults'.split(' '),
  api_keys_settings: ['user_api_keys_enabled', 'orgs_api_keys_enabled'],
};

describe('the environment', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi({
      instance: {
        users: [],
        application_name: 'Tea & Co.',
        attributes: {
          username: { enabled: true },
          first_name: { enabled: true, required: true },
          last_name: { enabled: false, required: true },
          authenticator_app: { enabled: true },
        },
        password: { min_length: 12, require_numbers: true },
        urls: { terms: '/terms', privacy_policy: 'https://example.com/privacy' },
        sign_up: { mode: 'restricted', legal_consent: true },
        delete_self: false,
      },
    });
  });
  after(() => api.stop());

  it('is the same by both methods, bare, and open to everybody', async () => {
    const got = await readEnvironment(api.url);
    const patched = await readEnvironment(api.url, {
      method: 'POST',
      headers: { origin: 'http://localhost:3000', 'content-type': 'application/x-www-form-urlencoded' },
    });
    assert.deepEqual(patched, got);
    assert.equal(got.object, 'environment');
    const unknown = await fetch(`${api.url}/v1/environment?__clerk_db_jwt=dvb_unknown`);
    assert.equal(unknown.status, 200);
  });

  for (const [path, keys] of Object.entries(expectedKeys)) {
    it(`has all of ${path}`, async () => {
      const block = path.split('.').reduce<object>((value, key) => Reflect.get(value, key) as object, await readEnvironment(api.url));
      assert.deepEqual(
        keys.filter((key) => !(key in block)),
        [],
      );
    });
  }

  it('has no half commerce_settings, nor protect_config', async () => {
    const environment = await readEnvironment(api.url);
    assert.ok(!('commerce_settings' in environment));
    assert.ok(!('protect_config' in environment));
  });

  it('asks for no captcha', async () => {
    const { display_config: display, user_settings: settings } = await readEnvironment(api.url);
    assert.deepEqual(
      [settings.sign_up.captcha_enabled, display.captcha_public_key, display.captcha_public_key_invisible],
      [false, null, null],
    );
  });

  it('says what the settings say', async () => {
    const { auth_config: auth, display_config: display, user_settings: settings } = await readEnvironment(api.url);
    assert.equal(display.application_name, 'Tea & Co.');
    assert.deepEqual(
      [display.sign_in_url, display.terms_url, display.privacy_policy_url],
      [`${api.url}/sign-in`, `${api.url}/terms`, 'https://example.com/privacy'],
    );
    assert.equal(display.instance_environment_type, 'development');
    assert.deepEqual([auth.test_mode, auth.single_session_mode, auth.reverification], [true, true, false]);
    assert.deepEqual(
      [settings.sign_up.mode, settings.sign_up.legal_consent_enabled, settings.actions.delete_self],
      ['restricted', true, false],
    );
    assert.deepEqual([settings.password_settings.min_length, settings.password_settings.require_numbers], [12, true]);
    const { email_address: email, username, first_name: first, last_name: last, phone_number: phone } = settings.attributes;
    assert.deepEqual([email.used_for_first_factor, email.first_factors, email.verifications], [true, ['email_code'], ['email_code']]);
    assert.deepEqual([username.enabled, username.required, username.used_for_first_factor], [true, false, true]);
    assert.deepEqual([first.enabled, first.required, last.enabled, last.required], [true, true, false, false]);
    assert.deepEqual([phone.enabled, phone.channels, phone.first_factors], [false, [], []]);
    const { authenticator_app: app, backup_code: backup } = settings.attributes;
    assert.deepEqual(
      [app.enabled, app.used_for_first_factor, app.used_for_second_factor, app.second_factors],
      [true, false, true, ['totp']],
    );
    assert.deepEqual([backup.enabled, backup.used_for_second_factor, backup.second_factors], [false, false, []]);
    assert.deepEqual(settings.sign_in, { second_factor: { required: false, enabled: true } });
  });

  it('is got by production pages, without dev browsers and test mode', async () => {
    const production = await startProductionApi();
    try {
      const environment = await readEnvironment(production.address, { headers: { origin: pageOrigin } });
      assert.equal(environment.display_config.instance_environment_type, 'production');
      assert.equal(environment.auth_config.test_mode, false);
    } finally {
      await production.stop();
    }
  });
});
