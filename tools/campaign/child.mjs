/** Runs one campaign in a process of its own, which is told what to run on the command line and sends what came of it to its parent. */

/**
 * @typedef {import('../../test/faults/support/campaign.ts').Campaign} Campaign
 * @typedef {Omit<import('../../test/faults/support/campaign.ts').CampaignContext, 'count' | 'figure'>} Order
 */

const [file = '', order = ''] = process.argv.slice(2);
const { campaign } = /** @type {{ campaign: Campaign }} */ (await import(file));
/** @type {Record<string, number>} */
const counts = {};
/** @type {Record<string, { value: number, unit: string }>} */
const figures = {};
/** @type {string | undefined} */
let failure;
try {
  await campaign.run({
    .../** @type {Order} */ (JSON.parse(order)),
    count: (what, number = 1) => void (counts[what] = (counts[what] ?? 0) + number),
    figure: (what, value, unit = '') => void (figures[what] = { value, unit }),
  });
} catch (error) {
  failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
}
// What a campaign has left open would keep this process; its servers are gone with their watchers.
process.send?.({ counts, figures, failure }, () => process.exit(failure === undefined ? 0 : 1));
