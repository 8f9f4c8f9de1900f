/** `make`, with its last answer kept for the same arguments. */
export function keepLast<A extends readonly unknown[], R>(make: (...args: A) => R): (...args: A) => R {
  let last: { readonly args: A; readonly answer: R } | undefined;
  return (...args) => {
    if (last === undefined || args.some((each, index) => !Object.is(each, last?.args[index]))) {
      last = { args, answer: make(...args) };
    }
    return last.answer;
  };
}
