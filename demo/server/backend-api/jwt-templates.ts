/** `/v1/jwt_templates` (dossier part 2, §6.8). */
import { Hono } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { ApiError, templateNotFound } from '../errors.ts';
import { presentJwtTemplate } from '../present/jwt-template.ts';
import type { AppEnvironment } from '../request-context.ts';
import { deleteTemplate, findTemplate, insertTemplate, listTemplates, updateTemplate } from '../store/jwt-templates.ts';
import type { JwtTemplate } from '../store/jwt-templates.ts';
import { readBody } from './body.ts';
import { readPage, readQuery } from './query.ts';
import { readTemplate } from './template-fields.ts';

export function createJwtTemplateRoutes({ database, now }: Dependencies): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>();
  const require = async (id: string): Promise<JwtTemplate> => {
    const template = await findTemplate(database, id);
    if (!template) throw templateNotFound('id', id);
    return template;
  };
  const requireOwn = async (id: string, work: 'changed' | 'deleted'): Promise<JwtTemplate> => {
    const template = await require(id);
    if (template.origin === 'session_token') throw belongsToSessionToken(work);
    if (template.origin === 'settings') throw belongsToSettings();
    return template;
  };

  app.get('/', async (c) => {
    const query = readQuery(c);
    const { templates, count } = await listTemplates(database, readPage(query));
    const data = templates.map(presentJwtTemplate);
    return c.json(query.flag('paginated') ? { data, total_count: count } : data);
  });
  app.post('/', async (c) => {
    const fields = await readTemplate(await readBody(c));
    return c.json(presentJwtTemplate(await insertTemplate(database, fields, now())));
  });
  app.get('/:id', async (c) => c.json(presentJwtTemplate(await require(c.req.param('id')))));
  app.patch('/:id', async (c) => {
    const id = c.req.param('id');
    const fields = await readTemplate(await readBody(c), await requireOwn(id, 'changed'));
    const template = await updateTemplate(database, id, fields, now());
    if (!template) throw templateNotFound('id', id);
    return c.json(presentJwtTemplate(template));
  });
  app.delete('/:id', async (c) => {
    const { id } = await requireOwn(c.req.param('id'), 'deleted');
    if (!(await deleteTemplate(database, id))) throw templateNotFound('id', id);
    return c.json({ object: 'jwt_template', id, deleted: true });
  });
  return app;
}

const belongsToSessionToken = (work: string) =>
  new ApiError(403, {
    code: 'session_token_jwt_template',
    message: `session token template cannot be ${work}`,
    longMessage: `This template cannot be ${work} because it's a session token template: its claims are session_token.claims of the instance settings.`,
  });

const belongsToSettings = () =>
  new ApiError(403, {
    code: 'resource_forbidden',
    message: 'Template of the settings',
    longMessage: 'This template is one of jwt_templates in the instance settings. Change it there, and start the server again.',
  });
