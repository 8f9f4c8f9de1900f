/**
 * Where the entry of a worker thread lies: beside its caller in the source, which Node runs as it is, and as a bundle of
 * its own beside the chunks of the built program.
 */
export function workerFile(name: string): URL {
  const here = import.meta.url;
  return new URL(`./${name}.${here.endsWith('.ts') ? 'ts' : 'js'}`, here);
}
