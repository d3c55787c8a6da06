/** The layer rule: values go one way, types are free. */
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { RuleTester } from 'eslint';
import { parser } from 'typescript-eslint';
import { layersRule } from '../../../tools/lint/layers.mjs';

RuleTester.describe = describe;
RuleTester.it = it;
(RuleTester as unknown as { afterAll: typeof after }).afterAll = after;

const at = (path: string, code: string) => ({ name: `${path}: ${code}`, filename: join(process.cwd(), path), code });
const refused = (path: string, code: string, message: string) => ({
  ...at(path, code),
  errors: [{ message: `${message} (ARCHITECTURE.md, Layers).` }],
});

new RuleTester({ languageOptions: { parser, sourceType: 'module' } }).run('layers', layersRule, {
  valid: [
    at('src/wire/user.ts', 'import * as z from "zod/mini"; import { id } from "./primitives.ts";'),
    at('src/transport/frontend-api.ts', 'import { user } from "../wire/user.ts";'),
    at('src/transport/frontend-api.ts', 'import type { User } from "../resources/user.ts";'),
    at('src/elements/sign-in/sign-in.ts', 'import { html } from "lit"; import { ref } from "lit/directives/ref.js";'),
    at('src/elements/sign-in/sign-in.ts', 'import { type ClerkApi } from "../../clerk/clerk-api.ts";'),
    at('src/elements/sign-in/sign-in.ts', 'export type { ClerkApi } from "../../clerk/clerk-api.ts";'),
    at('src/factors/password/view.ts', 'import { html } from "lit"; import { rules } from "./factor.ts";'),
    at('src/clerk/file-loader.ts', 'import { elementFiles } from "../elements/registry.ts";'),
    at('src/methods/links.ts', 'import { User } from "../resources/user.ts"; import { navigate } from "../clerk/navigation.ts";'),
    at('src/index.ts', 'const methods = import("./methods/index.ts");'),
    at('src/browser.ts', 'const ui = import("./ui.ts");'),
    at('demo/server/router.ts', 'import { endpoints } from "../../src/wire/endpoints.ts"; import * as z from "zod";'),
    at('demo/server/demo-backend.ts', 'const backend = import("../backend/app.ts");'),
    at('test/wire/user.node.test.ts', 'import { Clerk } from "../../src/index.ts"; import { html } from "lit";'),
  ],
  invalid: [
    refused('src/wire/user.ts', 'import { call } from "../transport/frontend-api.ts";', 'wire must not import values of transport'),
    refused('src/rules/a.ts', 'export * from "../errors.ts";', 'rules must not import values of errors'),
    refused('src/transport/a.ts', 'import * as z from "zod/mini";', 'transport must not import values of zod'),
    refused('src/clerk/clerk.ts', 'import methods from "../methods/index.ts";', 'clerk must not import values of methods'),
    refused('src/methods/index.ts', 'import { html } from "lit";', 'methods must not import values of lit'),
    refused('src/clerk/clerk.ts', 'import { LitElement } from "lit";', 'clerk must not import values of lit'),
    refused('src/clerk/clerk.ts', 'const ui = await import("../ui.ts");', 'clerk must not import values of entries'),
    refused('src/clerk/clerk.ts', 'export { en } from "../i18n/en/cards.ts";', 'clerk must not import values of i18n'),
    refused('src/flows/sign-in-flow.ts', 'import { nothing } from "lit-html";', 'flows must not import values of lit'),
    refused('src/factors/password/factor.ts', 'import { form } from "./wire.ts";', 'flows must not import values of wire'),
    refused('src/elements/a.ts', 'import { Clerk } from "../clerk/clerk.ts";', 'elements must not import values of clerk'),
    refused('src/elements/a.ts', 'import "../resources/user.ts";', 'elements must not import values of resources'),
    refused('src/elements/a.ts', 'import { type A, b } from "../wire/user.ts";', 'elements must not import values of wire'),
    refused('demo/server/app.ts', 'import { parse } from "../../src/resources/user.ts";', 'server must not import values of resources'),
    refused('demo/backend/app.ts', 'import { ApiError } from "../server/errors.ts";', 'backend must not import values of server'),
    refused(
      'demo/backend/app.ts',
      'import { mergePatch } from "../../src/rules/merge-patch.ts";',
      'backend must not import values of rules',
    ),
    refused('demo/page.ts', 'import { Clerk } from "../src/index.ts";', 'pages must not import values of entries'),
    refused('src/helpers/a.ts', 'import { b } from "../rules/b.ts";', 'other must not import values of rules'),
  ],
});
