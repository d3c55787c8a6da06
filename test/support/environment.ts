/** The environment of an instance, as anybody gets it. */
import type { presentUserSettings } from '../../demo/server/present/user-settings.ts';
import type { EnvironmentJSON } from '../../src/wire/environment.ts';
import type { Complete } from '../../src/wire/primitives.ts';

type Block<Name extends keyof EnvironmentJSON> = NonNullable<Complete<EnvironmentJSON>[Name]>;

/** With all blocks. Of what people have and sign in with it says more than our pages read. */
export type WholeEnvironment = EnvironmentJSON & {
  auth_config: Block<'auth_config'>;
  display_config: Block<'display_config'>;
  user_settings: ReturnType<typeof presentUserSettings>;
};

/**
 * @param address - of the Frontend API
 * @param init - with a method, for the way of development pages, which is `PATCH`
 */
export async function readEnvironment(address: string, init: RequestInit = {}): Promise<WholeEnvironment> {
  const response = await fetch(`${address}/v1/environment${init.method ? '?_method=PATCH' : ''}`, init);
  return (await response.json()) as WholeEnvironment;
}
