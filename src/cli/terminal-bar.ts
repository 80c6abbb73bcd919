import cliProgress from 'cli-progress';

/**
 * A bar that is wiped when it stops, looking the same whatever it shows; undefined where there is no terminal to draw
 * it on.
 * @param format in cli-progress's terms
 */
export function terminalBar(stream: NodeJS.WriteStream, format: string): cliProgress.SingleBar | undefined {
  if (!stream.isTTY) return undefined;
  return new cliProgress.SingleBar({
    format,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    stream,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false, // signals are not the bar's business
  });
}
