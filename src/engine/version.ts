/** Version of the engine as recipes record it: the package's own. */
export const ENGINE_VERSION = '0.2.0';
