/**
 * What Clerk's Backend API has and this one has not: organisations, billing, enterprise SSO and their like. Each says so by its name,
 * so that whoever calls it does not look for a mistake of their own.
 */
import { Hono } from 'hono';
import { ApiError } from '../errors.ts';
import type { AppEnvironment } from '../request-context.ts';

const organizations = 'Organizations are';
const enterprise = 'Enterprise single sign-on and directories are';
const machines = 'Machine-to-machine tokens are';
const applications = 'Being a provider for other applications is';
const domains = 'Satellite domains and proxies of an instance are';
const settings = 'Settings of the instance that change while it runs are';

/** Paths below `/v1`, with all that is below them, and what is missing. */
const unsupported: Readonly<Record<string, string>> = {
  '/organizations': organizations,
  '/organization_domains': organizations,
  '/organization_invitations': organizations,
  '/organization_memberships': organizations,
  '/organization_permissions': organizations,
  '/organization_roles': organizations,
  '/role_sets': organizations,
  '/instance/organization_settings': organizations,
  '/billing': 'Billing is',
  '/users/:id/billing': 'Billing is',
  '/saml_connections': enterprise,
  '/enterprise_connections': enterprise,
  '/scim_directories': enterprise,
  '/directories': enterprise,
  '/admin_portal_link_tokens': enterprise,
  '/api_keys': 'API keys are',
  '/machines': machines,
  '/machine_tokens': machines,
  '/m2m_tokens': machines,
  '/oauth_applications': applications,
  '/instance/oauth_application_settings': applications,
  '/users/:id/web3_wallets': 'Web3 wallets are',
  '/users/:id/trusted_devices': 'Trusted devices are',
  '/domains': domains,
  '/proxy_checks': domains,
  '/instance': settings,
  '/beta_features': settings,
  '/redirect_urls': 'Addresses of native applications are',
  '/sign_ups': 'Sign-ups, for backends, are',
  '/users/:id/profile_image': 'Pictures of users are',
  '/templates': 'Templates of messages are',
  '/email': 'Mails of a backend’s own are',
  '/agents': 'Agent tasks are',
  '/audit_logs': 'Audit logs are',
  '/accountless_applications': 'Applications without an account are',
  '/webhooks': 'Svix’s own dashboard is',
};

/** Further help, where there is another way. */
const otherWays: Readonly<Record<string, string>> = {
  [settings]: 'Change the file that CLERK_INSTANCE names, and start the server again.',
  '/webhooks': 'Set webhooks in the instance settings.',
};

/** To be mounted after everything that is supported. */
export function createUnsupportedRoutes(): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>();
  for (const [path, what] of Object.entries(unsupported)) {
    // A star stands for nothing too: for the path itself.
    app.all(`${path}/*`, () => {
      throw notSupported(what, otherWays[path] ?? otherWays[what]);
    });
  }
  return app;
}

/** 404 `resource_not_found`: SDKs that look for one of these things get the answer that there is none. */
const notSupported = (what: string, otherWay?: string) =>
  new ApiError(404, {
    code: 'resource_not_found',
    message: 'not supported',
    longMessage: [`${what} not supported by the local API.`, otherWay].filter(Boolean).join(' '),
  });
