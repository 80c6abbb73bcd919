import { z } from 'zod';
import { commandPayload } from '../../payloads/command-payload.js';
import { refusals } from '../../rules/api-error.js';
import { commandForm } from '../../rules/command-form.js';
import type { CommandForm } from '../../rules/command-form.js';
import { checkCommand } from '../../rules/command-rules.js';
import { parseForm } from '../../rules/form.js';
import type { CommandScope, RegisteredCommand } from '../../state/command-registry.js';
import type { Route, RouteAnswer, RouteRequest } from '../router.js';

const bulkForm = z.array(commandForm).max(130);
const GLOBAL = '/applications/:application/commands';
const IN_GUILD = '/applications/:application/guilds/:guild/commands';

/** Registration of commands, everywhere and in one guild. */
export const commandRoutes: readonly Route[] = [GLOBAL, IN_GUILD].flatMap((pattern): Route[] => [
  { method: 'GET', pattern, auth: 'bot', handle: list },
  { method: 'PUT', pattern, auth: 'bot', handle: replaceAll },
  { method: 'POST', pattern, auth: 'bot', handle: create },
  { method: 'GET', pattern: `${pattern}/:command`, auth: 'bot', handle: get },
  { method: 'PATCH', pattern: `${pattern}/:command`, auth: 'bot', handle: change },
  { method: 'DELETE', pattern: `${pattern}/:command`, auth: 'bot', handle: remove },
]);

function list(request: RouteRequest): RouteAnswer {
  const scope = scopeOf(request);
  return { status: 200, body: request.world.commands.list(scope).map(commandPayload) };
}

function replaceAll(request: RouteRequest): RouteAnswer {
  const scope = scopeOf(request);
  const forms = parseForm(bulkForm, request.body.json);
  forms.forEach(checkCommand);
  return { status: 200, body: request.world.commands.replaceAll(scope, forms).map(commandPayload) };
}

function create(request: RouteRequest): RouteAnswer {
  const scope = scopeOf(request);
  const { command, created } = request.world.commands.register(scope, readCommand(request.body.json));
  return { status: created ? 201 : 200, body: commandPayload(command) };
}

function get(request: RouteRequest): RouteAnswer {
  return { status: 200, body: commandPayload(findCommand(request)) };
}

function change(request: RouteRequest): RouteAnswer {
  const scope = scopeOf(request);
  const existing = findCommand(request);
  const changes = z.looseObject({}).safeParse(request.body.json).data ?? {};
  const form = readCommand({ ...existing.form, ...changes, type: existing.form.type });
  return { status: 200, body: commandPayload(request.world.commands.change(scope, existing.id, form)) };
}

function remove(request: RouteRequest): RouteAnswer {
  const { id } = findCommand(request);
  request.world.commands.delete(scopeOf(request), id);
  return { status: 204 };
}

function readCommand(json: unknown): CommandForm {
  const form = parseForm(commandForm, json);
  checkCommand(form);
  return form;
}

function scopeOf({ world, params }: RouteRequest): CommandScope {
  if (params['application'] !== world.applicationId) throw refusals.unknownApplication();
  const guildId = params['guild'];
  if (guildId !== undefined && !world.guildsOfBot().some(({ id }) => id === guildId)) {
    throw refusals.missingAccess();
  }
  return guildId;
}

function findCommand(request: RouteRequest): RegisteredCommand {
  const command = request.world.commands.get(scopeOf(request), request.params['command'] ?? '');
  if (command === undefined) throw refusals.unknownCommand();
  return command;
}
