/** Methods of Clerk's package that the local API does not serve, and why. A name ending in `.*` stands for all of an API. */
const settings = 'the settings file says it, and a start';

export const outOfScope: Readonly<Record<string, string>> = {
  'organizations.*': 'organisations',
  'organizationPermissions.*': 'organisations',
  'organizationRoles.*': 'organisations',
  'roleSets.*': 'organisations',
  'instance.getOrganizationSettings': 'organisations',
  'instance.updateOrganizationSettings': 'organisations',
  'billing.*': 'billing',
  'enterpriseConnections.*': 'enterprise single sign-on',
  'samlConnections.*': 'enterprise single sign-on',
  'apiKeys.*': 'API keys',
  'machines.*': 'machine-to-machine tokens',
  'm2m.*': 'machine-to-machine tokens',
  'oauthApplications.*': 'being a provider for other applications',
  'idPOAuthAccessToken.*': 'being a provider for other applications',
  'users.deleteUserWeb3Wallet': 'web3 wallets',
  'domains.*': 'satellites',
  'proxyChecks.*': 'satellites',
  'instance.update': settings,
  'betaFeatures.*': settings,
  'webhooks.*': 'the dashboard of Svix: the settings file says who is told',
  'emails.*': 'a mail service of its own, and still experimental',
  'redirectUrls.*': 'native applications',
  'signUps.*': 'actions of a backend within a sign-up',
  'users.updateUserProfileImage': 'pictures, which nobody can set here yet',
  'users.deleteUserProfileImage': 'pictures, which nobody can set here yet',
  'agentTasks.*': 'sessions for agents',
  '__experimental_accountlessApplications.*': 'applications that Clerk keeps without an account',
};

/** Whatever any of these methods may be named after; each sends what it needs. */
const parameters = {
  ...Object.fromEntries(
    ['organization', 'invitation', 'user', 'machine', 'otherMachine', 'm2mToken', 'apiKey', 'oauthApplication', 'domain', 'role'].map(
      (noun) => [`${noun}Id`, `${noun}_1`],
    ),
  ),
  ...{
    permissionId: 'perm_1',
    organizationRoleId: 'role_1',
    roleSetKeyOrId: 'set_1',
    web3WalletIdentificationId: 'idn_1',
    roleId: 'role_1',
  },
  ...{ name: 'Name', subject: 'user_1', token: 'token_1', file: new Blob(['picture']), to: { address: 'ann@example.com' } },
};

/** The ways in which methods of the package take what they need: an id first, everything in one object, or a list. */
export const callings: readonly (readonly unknown[])[] = [['id_1', parameters, 'id_2'], [parameters, parameters], [[parameters]]];
