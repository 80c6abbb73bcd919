/**
 * The engine's only door. Prompt in, picture and sound out; spectrogram pictures, audio files and recipes. It knows
 * nothing of Discord, queues, commands or the environment.
 */
export type { GenerateOptions, GeneratedClip, GenerationProgress, GenerationStage } from './music-engine.js';
export type { EncodedAudio, ModelDescription, MusicEngine } from './music-engine.js';
export { LocalEngine } from './local-engine.js';
export type { LocalEngineOptions } from './local-engine.js';
export { EngineProcess } from './process/engine-process.js';
export type { EngineProcessOptions } from './process/engine-process.js';
export type { EngineSettings } from './process/protocol.js';

export type { SoundWorkshop, Urgency, WorkOptions } from './workshop/sound-workshop.js';
export { ThreadedWorkshop } from './workshop/threaded-workshop.js';
export type { ThreadedWorkshopOptions } from './workshop/threaded-workshop.js';

export { parseGenerationRequest } from './generation-request.js';
export type { GenerationRequest, GenerationRequestInput } from './generation-request.js';
export * as limits from './limits.js';
export type { AudioFormat, Quality, SchedulerName } from './limits.js';
export { CancelledError, EngineError } from './errors.js';
export type { EngineErrorCode } from './errors.js';
export { ENGINE_VERSION } from './version.js';
export { understoodWords } from './understanding/trait-words.js';
export type { UnderstoodTrait } from './understanding/understood-traits.js';

export { probeExecutionProviders } from './runtime/execution-providers.js';
export type { ExecutionProviderProbe } from './runtime/execution-providers.js';
export { ModelStore } from './runtime/model-store.js';
export type { ModelFolder } from './runtime/model-folder.js';

export { DEFAULT_SPECTROGRAM_PARAMS } from './spectrogram/spectrogram-params.js';
export type { SpectrogramParams } from './spectrogram/spectrogram-params.js';
export type { SpectrogramPicture } from './spectrogram/spectrogram-picture.js';
export { pictureToSound } from './spectrogram/picture-to-sound.js';
export type { PictureToSoundOptions } from './spectrogram/picture-to-sound.js';
export { StreamingSynthesis } from './vocoder/streaming-synthesis.js';
export type { StreamingSynthesisOptions } from './vocoder/streaming-synthesis.js';
export { soundToPicture } from './spectrogram/sound-to-picture.js';
export type { EncodedPicture, SoundToPictureOptions } from './spectrogram/sound-to-picture.js';

export { SEED_PICTURES, createSeedPicture } from './seed-pictures/seed-pictures.js';
export { createSeedSound, describeSeedPicture } from './seed-pictures/seed-pictures.js';
export type { SeedPictureDescription } from './seed-pictures/seed-pictures.js';
export { MASK_PICTURES, createMaskPicture } from './seed-pictures/mask-pictures.js';
export type { MaskPictureDescription, MaskPictureOptions } from './seed-pictures/mask-pictures.js';

export { LoudnessLeveller } from './audio/loudness-leveller.js';
export { durationSeconds, numberOfFrames } from './audio/audio-clip.js';
export type { AudioClip } from './audio/audio-clip.js';
export { readAudio } from './files/read-audio.js';
export type { AudioFile, ReadAudioOptions } from './files/read-audio.js';
export { writeAudio } from './files/write-audio.js';
export type { ConvertedFile, FileConversion } from './files/convert-file.js';
export { readPicture } from './files/read-picture.js';
export type { PictureFile } from './files/read-picture.js';
export { writePicture } from './files/write-picture.js';
export type { WritePictureOptions } from './files/write-picture.js';
export { readRecipe } from './files/read-recipe.js';
export { saveFile } from './files/save-file.js';
export { RECIPE_VERSION, parseRecipe, recipeHash, recipeSchema, serializeRecipe } from './recipe/recipe.js';
export type { Recipe } from './recipe/recipe.js';
