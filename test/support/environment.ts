import fc from 'fast-check';

/**
 * What the machine that runs the tests has in its environment must not change their outcome. With `CI` set, even to
 * nothing, Ink paints no frame and colours are off, so it is taken away rather than emptied.
 */
const foreign =
  /^(CI|CONTINUOUS_INTEGRATION|NO_COLOR|FORCE_COLOR|EODHD_API_TOKEN|ASXOS_.*|XDG_.*_HOME|NODE_DISABLE_COMPILE_CACHE)$/;

for (const name of Object.keys(process.env)) {
  if (foreign.test(name)) delete process.env[name];
}

/**
 * Laws are tried on the same random inputs every time, so that a suite that passed passes again and a failure is met
 * again. New inputs are the soak's work: `LAWS_SEED=random`, or a number that was printed by a failure.
 */
const { LAWS_SEED: seed = '20261126' } = process.env;
if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
