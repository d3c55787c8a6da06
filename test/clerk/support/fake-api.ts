/** As much of the Frontend API as the core's own tests need, in memory: one client, one user. The real one has its own tests. */
import { mergePatch } from '../../../src/rules/merge-patch.ts';
import { fakeToken, json } from './fake-platform.ts';
import type { FakePlatform, SentRequest } from './fake-platform.ts';

export class FakeApi {
  sessions: string[] = [];
  metadata: Record<string, unknown> = {};
  signIn: object | null = null;
  updatedAt: number;
  tokens = 0;
  /** Seconds of a token's life. */
  lifetime = 60;
  /** Answers instead of the API where it gives one. */
  override: ((request: SentRequest) => Response | Promise<Response> | undefined) | undefined;
  readonly now: () => number;

  constructor(platform: FakePlatform) {
    this.now = () => platform.now();
    this.updatedAt = platform.now();
    platform.answer = (request) => this.answer(request);
  }

  /** Another tab of the same browser talks to the same API. */
  serve(platform: FakePlatform): void {
    platform.answer = (request) => this.answer(request);
  }

  token(session: string, claims: object = {}): string {
    const iat = Math.floor(this.now() / 1000);
    return fakeToken({ sub: 'user_1', sid: session, iat, exp: iat + this.lifetime, jti: `${(this.tokens += 1)}`, ...claims });
  }
  user(): Record<string, unknown> {
    return {
      id: 'user_1',
      first_name: 'Ann',
      last_name: null,
      email_addresses: [{ id: 'idn_1', email_address: 'ann@example.com', verification: { status: 'verified', strategy: 'email_code' } }],
      primary_email_address_id: 'idn_1',
      unsafe_metadata: this.metadata,
      public_metadata: {},
      created_at: this.updatedAt,
      updated_at: this.updatedAt,
    };
  }
  session(id: string): Record<string, unknown> {
    const times = {
      expire_at: this.now() + 1e9,
      abandon_at: this.now() + 1e9,
      last_active_at: this.now(),
      created_at: this.updatedAt,
      updated_at: this.updatedAt,
    };
    return { id, status: 'active', user: this.user(), last_active_token: { object: 'token', jwt: this.token(id) }, ...times };
  }
  client(): Record<string, unknown> {
    return {
      object: 'client',
      id: 'client_1',
      sessions: this.sessions.map((id) => this.session(id)),
      sign_in: this.signIn,
      sign_up: null,
      last_active_session_id: this.sessions.at(-1) ?? null,
      created_at: this.updatedAt,
      updated_at: this.updatedAt,
    };
  }
  wrap(response: unknown): Response {
    return json(200, { response, client: this.client() });
  }

  async answer(request: SentRequest): Promise<Response> {
    const special = this.override && (await this.override(request));
    if (special) return special;
    const { method, path, body } = request;
    const session = /^\/client\/sessions\/([^/]+)/.exec(path)?.[1];
    switch (`${method} ${path.replace(/(sessions|sign_ins)\/[^/]+/, '$1/:id')}`) {
      case 'POST /dev_browser':
        return json(200, { id: 'dvb_1', token: 'dvb_1' });
      case 'GET /client':
        return json(200, { response: this.client(), client: null });
      case 'GET /environment':
      case 'PATCH /environment':
        return json(200, { display_config: { sign_in_url: 'https://accounts.example.com/sign-in' } });
      case 'POST /client/sign_ins':
        this.signIn = {
          id: 'sia_1',
          status: 'needs_first_factor',
          identifier: body.get('identifier'),
          supported_first_factors: [{ strategy: 'password' }],
        };
        return this.wrap(this.signIn);
      case 'POST /client/sign_ins/:id/attempt_first_factor': {
        if (body.get('password') !== 'right') {
          return json(422, {
            errors: [{ code: 'form_password_incorrect', message: 'wrong', long_message: 'Wrong.', meta: { param_name: 'password' } }],
          });
        }
        const done = { ...this.signIn, status: 'complete', created_session_id: 'sess_1' };
        this.signIn = null;
        this.sessions.push('sess_1');
        this.updatedAt = this.now();
        return this.wrap(done);
      }
      case 'POST /client/sessions/:id/touch':
        return this.wrap(this.session(session!));
      case 'POST /client/sessions/:id/tokens':
        return json(200, { object: 'token', jwt: this.token(session!) });
      case 'POST /client/sessions/:id/end':
      case 'POST /client/sessions/:id/remove':
        this.sessions = this.sessions.filter((id) => id !== session);
        return this.wrap({ ...this.session(session!), status: 'removed' });
      case 'DELETE /client/sessions':
        this.sessions = [];
        return json(200, { response: this.client(), client: null });
      case 'GET /me':
        return this.wrap(this.user());
      case 'PATCH /me':
        if (body.has('unsafe_metadata')) this.metadata = JSON.parse(body.get('unsafe_metadata')!) as Record<string, unknown>;
        this.updatedAt = Math.max(this.updatedAt + 1, this.now());
        return this.wrap(this.user());
      case 'PATCH /me/metadata':
        this.metadata = { ...mergePatch(this.metadata, JSON.parse(body.get('unsafe_metadata')!) as Record<string, unknown>) };
        this.updatedAt = Math.max(this.updatedAt + 1, this.now());
        return this.wrap(this.user());
      default:
        return json(404, { errors: [{ code: 'resource_not_found', message: `${method} ${path}` }] });
    }
  }
}
