/** The routes that are measured, each asked for by people of its own, who are signed in. */
import type { ApiProcess } from './api-process.ts';
import type { Request } from './load.ts';

export interface MeasuredRoute {
  name: string;
  title: string;
  /** Whether a password is checked. */
  hashes: boolean;
  /** What the route must reach of its floor (product.md, issue 5); none for one that is only stated. */
  goal?: number;
  /** One for each person. */
  requests: Request[];
}

const password = 'violet-harbour-lantern';
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const metadata = { color: 'teal', theme: 'dark', onboarding: { step: 3, done: ['profile', 'team'] } };

/** Makes so many people and signs each in on a browser of their own. */
export async function createRoutes(api: ApiProcess, count: number): Promise<MeasuredRoute[]> {
  const people = [];
  for (let index = 0; index < count; index++) people.push(await createPerson(api, `person${index}@example.com`));
  const page = { origin: api.url };
  const versioned = '__clerk_api_version=2025-11-10';
  return [
    {
      name: 'client',
      title: '`GET /v1/client`',
      hashes: false,
      goal: 0.6,
      requests: people.map(({ cookie }) => ({ url: `${api.url}/v1/client?${versioned}`, method: 'GET', headers: { ...page, cookie } })),
    },
    {
      name: 'own-metadata',
      title: '`PATCH /v1/me/metadata`',
      hashes: false,
      goal: 0.6,
      requests: people.map(({ cookie, sessionId }) => ({
        url: `${api.url}/v1/me/metadata?${versioned}&_method=PATCH&_clerk_session_id=${sessionId}`,
        method: 'POST',
        headers: { ...page, ...form, cookie },
        body: new URLSearchParams({ unsafe_metadata: JSON.stringify(metadata) }).toString(),
      })),
    },
    {
      name: 'backend-metadata',
      title: 'Backend `PATCH /v1/users/{id}/metadata`',
      hashes: false,
      goal: 0.6,
      requests: people.map(({ userId }) => ({
        url: `${api.backendUrl}/v1/users/${userId}/metadata`,
        method: 'PATCH',
        headers: { authorization: `Bearer ${api.secretKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ public_metadata: metadata }),
      })),
    },
    {
      name: 'sign-in',
      title: '`POST /v1/client/sign_ins` with a password',
      hashes: true,
      requests: people.map(({ emailAddress }) => ({
        url: `${api.url}/v1/client/sign_ins?${versioned}`,
        method: 'POST',
        headers: { ...page, ...form },
        body: new URLSearchParams({ identifier: emailAddress, password, strategy: 'password' }).toString(),
      })),
    },
  ];
}

interface Person {
  userId: string;
  sessionId: string;
  cookie: string;
  emailAddress: string;
}

async function createPerson(api: ApiProcess, emailAddress: string): Promise<Person> {
  const created = await fetch(`${api.backendUrl}/v1/users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${api.secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ email_address: [emailAddress], password, public_metadata: metadata, unsafe_metadata: metadata }),
  });
  const { id } = (await expectSuccess(created)) as { id: string };
  const signedIn = await fetch(`${api.url}/v1/client/sign_ins`, {
    method: 'POST',
    headers: { origin: api.url, ...form },
    body: new URLSearchParams({ identifier: emailAddress, password, strategy: 'password' }).toString(),
  });
  const { response } = (await expectSuccess(signedIn)) as { response: { created_session_id: string } };
  const cookie = signedIn.headers.getSetCookie().map((line) => line.split(';')[0]);
  return { userId: id, sessionId: response.created_session_id, cookie: cookie.join('; '), emailAddress };
}

async function expectSuccess(answer: Response): Promise<unknown> {
  if (answer.ok) return answer.json();
  throw new Error(`${answer.url}: ${answer.status} ${await answer.text()}`);
}
