/** What is asked of the client as a whole now and then (dossier part 1, §2.9). */
import type { Client } from '../resources/client.ts';
import { clientLifecycleEndpoints } from '../wire/client-lifecycle.ts';
import { clientEndpoints } from '../wire/client.ts';

export const clientMethods = {
  async create(this: Client): Promise<Client> {
    this.resourceContext.applyClient(await this.resourceContext.api.call(clientLifecycleEndpoints.createClient));
    return this;
  },

  async destroy(this: Client): Promise<void> {
    await this.resourceContext.api.call(clientLifecycleEndpoints.deleteClient);
    this.resourceContext.applyClient(null);
  },

  async removeSessions(this: Client): Promise<Client> {
    this.resourceContext.applyClient(await this.resourceContext.api.call(clientEndpoints.endAllSessions));
    return this;
  },
};
