/**
 * Long work in steps: a generator that yields between them and returns the outcome, so that whoever has to answer keys
 * meanwhile can take a turn. Nothing else depends on where it yields.
 */

export type Steps<T> = Generator<undefined, T, undefined>;

/** All steps, one after the other. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Each of `all` worked on, a step each. */
export function* mapInSteps<A, B>(all: Iterable<A>, work: (each: A) => B): Steps<B[]> {
  const done: B[] = [];
  for (const each of all) {
    done.push(work(each));
    yield;
  }
  return done;
}
