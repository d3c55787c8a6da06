/** What a page asks of the client now and then (dossier part 1, §5). */
import type { Client } from '../resources/client.ts';
import type { ClientResource } from '../resources/types.ts';
import { clientEndpoints } from '../wire/client.ts';
import type { ClientJSON } from '../wire/client.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { clientLifecycleEndpoints } from '../wire/client-lifecycle.ts';
import { stateOf } from './state-of.ts';

/** Its sessions have ended with it, and other tabs are told. */
const end = (client: Client, json: ClientJSON | null): void => {
  const state = stateOf(client);
  state.applyClient(json);
  state.tell('signout');
};

const ask = async (client: Client, endpoint: Endpoint): Promise<ClientResource> => {
  client.resourceContext.applyClient((await client.resourceContext.api.call(endpoint)) as ClientJSON | null);
  return client;
};

/** Methods of the client. */
export const clientMethods = {
  reload(this: Client): Promise<ClientResource> {
    return ask(this, clientEndpoints.getClient);
  },

  create(this: Client): Promise<ClientResource> {
    return ask(this, clientLifecycleEndpoints.createClient);
  },

  async destroy(this: Client): Promise<void> {
    await this.resourceContext.api.call(clientLifecycleEndpoints.deleteClient);
    end(this, null);
  },

  async removeSessions(this: Client): Promise<ClientResource> {
    end(this, await this.resourceContext.api.call(clientEndpoints.endAllSessions));
    return this;
  },
};
