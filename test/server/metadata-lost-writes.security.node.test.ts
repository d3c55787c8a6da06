/** A write that has stored nothing is an error, and nobody is told of it (security.md, M5). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createMetadataEndpoints, endpointNames, kindsOf, versionOf } from '../support/metadata-endpoints.ts';
import type { MetadataEndpoint, PerformWrite } from '../support/metadata-endpoints.ts';
import { signingSecret, startWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';

/** Makes the database pass over every row whose metadata holds this word, without an error: no row is written, and the statement is done. */
const word = 'vanishes';
const passOver = sql`
  create function pass_over() returns trigger language plpgsql as $$ begin return null; end $$;
  create trigger pass_over before insert or update on users for each row
    when (concat(new.public_metadata, new.private_metadata, new.unsafe_metadata) like '%${sql.raw(word)}%') execute function pass_over();
  create trigger pass_over before insert or update on sign_ups for each row
    when (new.unsafe_metadata::text like '%${sql.raw(word)}%') execute function pass_over();`;

describe('M5: metadata that the database does not store', () => {
  let api: TestApi;
  let receiver: WebhookReceiver;
  let perform: Record<MetadataEndpoint, PerformWrite>;
  before(async () => {
    receiver = await startWebhookReceiver();
    api = await startApi({ webhookSigningSecrets: signingSecret(), instance: { webhooks: [{ url: receiver.url }] } });
    perform = await createMetadataEndpoints(api);
    await passOver.execute(api.database);
  });
  after(async () => {
    await api.stop();
    await receiver.stop();
  });

  for (const endpoint of endpointNames) {
    for (const kind of kindsOf(endpoint)) {
      it(`is never answered as if it were: ${endpoint}, ${kind}`, async () => {
        const write = { kind, stored: { kept: 1 }, version: versionOf(endpoint) };
        const lost = await perform[endpoint]({ ...write, json: `{"${word}":1}` });
        assert.ok(lost.status >= 400, String(lost.status));
        assert.deepEqual([lost.isUnchanged, lost.events], [true, []]);
        assert.equal((await perform[endpoint]({ ...write, json: '{"stays":1}' })).status, 200);
      });
    }
  }
});
