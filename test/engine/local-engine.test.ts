import { LocalEngine } from '../../src/engine/local-engine.js';
import { describeMusicEngine } from '../contract/music-engine.contract.js';
import { TINY_MODEL_ROOT } from './tiny-model.js';

describeMusicEngine({
  name: 'LocalEngine',
  create: () => new LocalEngine({ modelRoots: [TINY_MODEL_ROOT] }),
  stepsUntilHeard: 0,
});
