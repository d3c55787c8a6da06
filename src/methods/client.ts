/** What a page asks of the client now and then (dossier part 1, §5). */
import type { Client } from '../resources/client.ts';
import type { ClientResource } from '../resources/types.ts';
import { clientEndpoints } from '../wire/client.ts';
import type { ClientJSON } from '../wire/client.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { clientLifecycleEndpoints } from '../wire/client-lifecycle.ts';

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
    this.resourceContext.applyClient(null);
  },

  removeSessions(this: Client): Promise<ClientResource> {
    return ask(this, clientEndpoints.endAllSessions);
  },
};
