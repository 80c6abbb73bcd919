import { userPayload } from '../../state/user.js';
import type { World } from '../../state/world.js';
import type { Route, RouteAnswer, RouteRequest } from '../router.js';

/** The application and its bot. */
export const applicationRoutes: readonly Route[] = [
  { method: 'GET', pattern: '/users/@me', auth: 'bot', handle: currentUser },
  { method: 'GET', pattern: '/applications/@me', auth: 'bot', handle: currentApplication },
  { method: 'GET', pattern: '/oauth2/applications/@me', auth: 'bot', handle: currentApplication },
];

/** The application as the API shows it. */
export function applicationPayload(world: World): Record<string, unknown> {
  return {
    id: world.applicationId,
    name: world.bot.name,
    icon: null,
    description: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: 0,
    bot: userPayload(world.bot),
    team: null,
    approximate_guild_count: world.guildsOfBot().length,
    approximate_user_install_count: world.userInstalls.size,
  };
}

function currentUser({ world }: RouteRequest): RouteAnswer {
  return {
    status: 200,
    body: { ...userPayload(world.bot), verified: true, mfa_enabled: false, email: null },
  };
}

function currentApplication({ world }: RouteRequest): RouteAnswer {
  return { status: 200, body: applicationPayload(world) };
}
