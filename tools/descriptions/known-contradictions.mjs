/**
 * Where the local API and our script differ from Clerk's descriptions of the API on purpose, each with its reason. Sections are those
 * of the protocol's dossier, which has seen the hosted service, its clients and its documentation do otherwise. The list only
 * shrinks: what occurs no more in the whole suite fails it.
 *
 * @type {{ why: string, says?: string[], strangers?: string[], sometimes?: string[] }[]} in a sentence a star stands for any text;
 *   `says` occurs in our own suite, `strangers` in that of others' packages, `sometimes` depends on what happens at the same time
 */
export const knownContradictions = [
  {
    why: "Clerk's browser script reads these members of the environment, or the hosted service sends them (part 1, §4.5; part 2, §0.6)",
    says: [
      'frontend Client.AuthConfig.preferred_channels: not described',
      'frontend Client.AuthConfig.session_minter: not described',
      'frontend Client.DisplayConfig.captcha_heartbeat_interval_ms: not described',
      'frontend Client.Environment.id: not described',
      'frontend Client.Environment.native_settings: not described',
      'frontend Client.Environment.object: not described',
      'frontend Client.OrganizationSettings.force_organization_selection: not described',
      'frontend Client.OrganizationSettings.organization_creation_defaults: not described',
      'frontend UserSettings.Attribute.channels: not described',
      'frontend UserSettings.SignIn.second_factor.enabled: not described',
      'frontend UserSettings.SignUp.allowlist_only: not described',
      'frontend UserSettings.SignUp.mfa: not described',
    ],
  },
  {
    why: 'A session with tasks is pending, for which the description has no word (part 1, §5.2)',
    strangers: ['frontend Client.SessionBase.status: "pending" is not described'],
  },
  {
    why: 'What is not known of a device is null (part 2, §4.2)',
    says: [
      'frontend Client.SessionActivity.browser_name: null instead of string',
      'frontend Client.SessionActivity.city: null instead of string',
      'frontend Client.SessionActivity.country: null instead of string',
      'frontend Client.SessionActivity.device_type: null instead of string',
    ],
  },
  {
    why: 'No limit of one user is null (part 2, §1.12)',
    says: ['frontend Client.User.create_organizations_limit: null instead of integer'],
  },
  {
    why: 'Whose the sessions are is known to who asks for their own: null (part 2, §4.1)',
    says: ['frontend Client.User: null instead of object'],
  },
  {
    why: 'Who has no address, number or name has nothing to be identified by: null',
    sometimes: ['frontend Client.PublicUserData.identifier: null instead of string'],
  },
  {
    why: 'A backend that replaces metadata by null reads null (part 2, §1.6)',
    says: ['backend User.*_metadata: null instead of object'],
  },
  {
    why: "With paginated=true, which Clerk's backend package always sends, lists have an envelope (part 2, §6.1)",
    says: ['backend GET /v1/jwt_templates 200: object instead of array', 'backend GET /v1/sessions 200: object instead of array'],
    strangers: [
      'backend GET /v1/allowlist_identifiers 200: object instead of array',
      'backend GET /v1/invitations 200: object instead of array',
      'backend OAuthAccessToken: object instead of array',
    ],
  },
  {
    why: "Asked for by Clerk's packages, and described nowhere (part 1, §8.5, §9.2, §10.3)",
    says: [
      'POST /v1/client/verify: not described',
      'GET /v1/client/touch: not described',
      'GET /v1/clients/handshake_payload: not described',
    ],
    strangers: ['DELETE /v1/invitations/{id}: not described'],
  },
  {
    why: "Parameters that Clerk's browser script sends, and the descriptions omit (part 2, §0.4)",
    says: [
      'frontend request POST /v1/client/sign_ins.locale: not described',
      'frontend request POST /v1/client/sign_ins.sign_up_if_missing: not described',
      'frontend request POST /v1/client/sign_ups.locale: not described',
    ],
  },
  {
    why: 'A passkey is a second factor too, as the newer script has it (part 2, §0.6)',
    says: [
      'frontend Client.SessionReverification.second_factor_verification: "verification_passkey" is not described',
      'frontend Client.SignIn-2.second_factor_verification: "verification_passkey" is not described',
      'frontend request POST /v1/client/sign_ins/{sign_in_id}/attempt_second_factor.public_key_credential: not described',
      'frontend request POST /v1/client/sign_ins/{sign_in_id}/attempt_second_factor.strategy: "passkey" is not described',
      'frontend request POST /v1/client/sign_ins/{sign_in_id}/prepare_second_factor.strategy: "passkey" is not described',
    ],
  },
  {
    why: 'Addresses that a person opens: a page says what went wrong, where the description has JSON for nobody to read (part 2, §2.8, §8)',
    says: [
      'GET /v1/oauth_callback 400: content type "text/html" is not described',
      'GET /v1/tickets/accept 400: content type "text/html" is not described',
      'GET /v1/verify 400: content type "text/html" is not described',
    ],
  },
  {
    why: "Codes of Clerk's catalogue of errors, with the status that it gives them (part 2, appendix A), where the description lists others",
    says: [
      'GET /v1/verify: status 403 (sign_up_email_link_not_same_client) is not described',
      'PATCH /v1/jwt_templates/{template_id}: status 403 (resource_forbidden) is not described',
      'PATCH /v1/jwt_templates/{template_id}: status 403 (session_token_jwt_template) is not described',
      'POST /v1/client/sign_ups/{sign_up_id}/attempt_verification: status 410 (sign_up_outdated_verification) is not described',
      'POST /v1/me/email_addresses/{email_id}/prepare_verification: status 400 (identification_claimed) is not described',
      'POST /v1/me/email_addresses/{email_id}/prepare_verification: status 400 (verification_already_verified) is not described',
      'POST /v1/me/passkeys: status 400 (passkey_invalid_rpID_or_domain) is not described',
      'POST /v1/sessions: status 403 (feature_not_enabled) is not described',
      'POST /v1/testing_tokens: status 403 (feature_not_enabled) is not described',
    ],
  },
  {
    why: 'Refusals that any request may meet, whatever its operation: the descriptions list them for a few (part 1, §3.4; part 2, §6.1)',
    says: [
      '*: status 400 (api_version_invalid) is not described',
      '*: status 400 (host_invalid) is not described',
      '*: status 400 (malformed_request_parameters) is not described',
      '*: status 400 (origin_*) is not described',
      '*: status 401 (*) is not described',
      '*: status 403 (user_banned) is not described',
      '*: status 404 (resource_not_found) is not described',
      '*: status 413 (request_body_too_large) is not described',
      '*: status 415 (unsupported_content_type) is not described',
      '*: status 429 (*) is not described',
      '*: status 503 (service_unavailable) is not described',
      'GET /v1/verify: status 503 is not described',
    ],
  },
  {
    why: 'Tests have a write fail inside on purpose; where it must not, they say so themselves',
    sometimes: ['*: status 500 (internal_clerk_error) is not described'],
  },
  {
    why: 'A parameter that is missing or wrong is refused everywhere with 422 (part 1, §3.4)',
    says: ['*: status 422 (form_param_*) is not described'],
  },
];
