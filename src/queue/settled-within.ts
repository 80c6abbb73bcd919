/** Waits until all have settled, which they must do without rejecting, but no longer than so many milliseconds. */
export async function settledWithin(
  promises: readonly Promise<unknown>[],
  milliseconds: number,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  const hasSettled = await Promise.race([Promise.all(promises).then(() => true), timeout]);
  clearTimeout(timer);
  return hasSettled;
}
