/** Clerk's own sign-up card, operated as a person does, where the instance wants to know much and where somebody was invited. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { testCode } from '../../support/journey.ts';
import { newTestNumber } from '../../support/phone-numbers.ts';
import { ask, press, typeSentCode } from '../official-page.ts';
import { fill, openStage, password } from './ui-page.ts';
import type { Stage } from './ui-page.ts';

describe('the sign-up card of @clerk/ui', () => {
  let stage: Stage;
  before(async () => {
    const required = { enabled: true, required: true };
    const attributes = { username: required, phone_number: required, first_name: required };
    const urls = { terms: '/terms', privacy_policy: '/privacy' };
    stage = await openStage({ instance: { attributes, urls, sign_up: { legal_consent: true } } });
  });
  after(() => stage.stop());

  it('takes everything that is wanted, says what is wrong with it, and proves number and address', async () => {
    const visited = await stage.open('/sign-up');
    const { page } = visited;
    const [emailAddress, number] = [stage.newAddress(), newTestNumber()];
    await fill(page, { 'First name': 'Ada', Username: 'ada', 'Email address': emailAddress, 'Phone number': number, Password: password });
    await page.getByRole('checkbox').check();
    await press(page, 'Continue');
    await page
      .getByText(/must be between 4 and 64 characters/)
      .first()
      .waitFor();
    await fill(page, { Username: 'ada_byron' });
    await press(page, 'Continue');
    await page.getByRole('heading', { name: 'Verify your email' }).waitFor();
    await typeSentCode(page, testCode);
    await page.getByRole('heading', { name: 'Verify your phone' }).waitFor();
    await typeSentCode(page, testCode);
    await visited.arriveAt('/');
    await page.getByRole('button', { name: 'Open user menu' }).waitFor();
    const user = await stage.backend.users.getUser((await ask(page, (clerk) => clerk.user?.id)) ?? '');
    assert.deepEqual(
      [user.firstName, user.username, user.primaryEmailAddress?.emailAddress, user.primaryPhoneNumber?.phoneNumber],
      ['Ada', 'ada_byron', emailAddress, number],
    );
    assert.ok(user.legalAcceptedAt);
    await visited.leave('422 client/sign_ups');
  });

  it('takes an invitation for a proof of the address, and asks for the rest', async () => {
    const { backend, url } = stage;
    const [emailAddress, number] = [stage.newAddress(), newTestNumber()];
    const invitation = await backend.invitations.createInvitation({
      ...{ emailAddress, redirectUrl: `${url}/sign-up` },
      publicMetadata: { role: 'guest' },
    });
    const visited = await stage.open('/');
    const { page } = visited;
    await page.goto(invitation.url ?? '');
    await page.getByRole('heading', { name: 'Fill in missing fields' }).waitFor();
    assert.equal(await page.getByLabel('Email address', { exact: true }).count(), 0);
    await fill(page, { 'First name': 'Grace', Username: 'grace', 'Phone number': number, Password: password });
    await page.getByRole('checkbox').check();
    await press(page, 'Continue');
    await page.getByRole('heading', { name: 'Verify your phone' }).waitFor();
    await typeSentCode(page, testCode);
    await visited.arriveAt('/');
    await page.getByRole('button', { name: 'Open user menu' }).waitFor();
    const user = await backend.users.getUser((await ask(page, (clerk) => clerk.user?.id)) ?? '');
    assert.deepEqual(
      [user.firstName, user.username, user.primaryEmailAddress?.emailAddress, user.publicMetadata],
      ['Grace', 'grace', emailAddress, { role: 'guest' }],
    );
    assert.equal(user.primaryEmailAddress?.verification?.status, 'verified');
    const { data } = await backend.invitations.getInvitationList({ status: 'accepted' });
    assert.deepEqual(
      data.map(({ id }) => id),
      [invitation.id],
    );
    await visited.leave();
  });
});
