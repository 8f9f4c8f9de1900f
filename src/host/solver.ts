/**
 * HiGHS, the solver of mixed-integer programs (University of Edinburgh, MIT licence), as WebAssembly.
 *
 * Objectives are solved one after another: each is held at what it reached by a row of its own, and the next begins from
 * the plan that reached it. The search is bounded in nodes, not in seconds, so that the same program has the same answer
 * on every machine; where the bound is met the answer says that nothing better was found rather than that there is none.
 */
import { createRequire } from 'node:module';
import highsModule, { type Highs, type Model, type ModelData, type ModelStatusCode } from 'highs';
import type { Objective, Program, Reached, Solution, Term } from '../domain/rebalance/program.ts';

export type Solver = (program: Program) => Solution | undefined;

/** Nodes that one objective may take: a small program is searched to its end, a large one for about a second. */
const nodesFor = ({ variables }: Program): number => Math.min(2000, Math.round(20_000 / variables.length));

const options = {
  output_flag: false,
  random_seed: 0,
  mip_rel_gap: 0,
  // Both cost more time here than they save.
  mip_detect_symmetry: false,
  mip_heuristic_effort: 0.01,
  mip_feasibility_tolerance: 1e-8,
};

// Its types are of CommonJS, where the module is an object that holds the default; what is loaded is the ES module.
const loadHighs = highsModule as unknown as (typeof highsModule)['default'];

/** Loads the solver, some 60 ms. Its WebAssembly stays where the package is installed, also for the bundle. */
export async function openSolver(): Promise<Solver> {
  const path = createRequire(import.meta.url).resolve('highs/runtime');
  const highs = await loadHighs({ locateFile: () => path });
  return program => (program.variables.length === 0 ? { values: [], reached: [] } : solved(program, highs));
}

const solved = (program: Program, highs: Highs): Solution | undefined =>
  highs.withModel(modelOf(program, highs), model => {
    model.options.set({ ...options, mip_max_nodes: nodesFor(program) });
    const { optimal, infeasible, unboundedOrInfeasible } = highs.constants.modelStatus;
    const reached: Reached[] = [];
    let values: readonly number[] = [];
    for (const objective of program.objectives) {
      setObjective(model, program, objective);
      fix(model, objective.fixed ?? [], values);
      if (values.length > 0) model.setSolution({ colValue: values });
      const modelStatus = run(model, highs);
      if (modelStatus === infeasible || modelStatus === unboundedOrInfeasible) {
        // What reached the objectives before keeps their rows to within the tolerance of the solver.
        if (reached.length === 0) return undefined;
        break;
      }
      const found = Array.from(model.getSolution().colValue);
      if (found.length === 0) break;
      values = found.map((value, index) => (program.variables[index]?.isInteger ? Math.round(value) : value));
      const value = model.getObjectiveValue();
      reached.push({ name: objective.name, value, isProved: modelStatus === optimal });
      hold(model, objective, value);
    }
    return values.length === 0 ? undefined : { values, reached };
  });

/** Runs; an answer that misses the tolerance by a hair is an error to HiGHS, and is asked for again with its own. */
function run(model: Model, highs: Highs): ModelStatusCode {
  try {
    return model.run().modelStatus;
  } catch (error) {
    if (!(error instanceof highs.errors.HighsError)) throw error;
    model.clearSolver();
    model.options.set('mip_feasibility_tolerance', 1e-6);
    const { modelStatus } = model.run();
    model.options.set('mip_feasibility_tolerance', options.mip_feasibility_tolerance);
    return modelStatus;
  }
}

function setObjective(model: Model, { variables }: Program, { terms, tolerance }: Objective): void {
  const costs = new Float64Array(variables.length);
  for (const [index, factor] of terms) costs[index] = (costs[index] ?? 0) + factor;
  model.changeColsCost({ kind: 'range', from: 0, to: variables.length - 1 }, costs);
  model.options.set('mip_abs_gap', tolerance);
}

function fix(model: Model, variables: readonly number[], values: readonly number[]): void {
  for (const index of variables) {
    const value = values[index];
    if (value !== undefined) model.changeColBounds(index, value, value);
  }
}

/** From now on the objective may not be worse than this. */
function hold(model: Model, { terms, tolerance }: Objective, value: number): void {
  const merged = mergedTerms(terms);
  const entries = { indices: merged.map(([index]) => index), values: merged.map(([, factor]) => factor) };
  model.addRow(Number.NEGATIVE_INFINITY, value + tolerance, entries);
}

/** One term for each variable. */
function mergedTerms(terms: readonly Term[]): Term[] {
  const byVariable = new Map<number, number>();
  for (const [index, factor] of terms) byVariable.set(index, (byVariable.get(index) ?? 0) + factor);
  return [...byVariable];
}

function modelOf({ variables, rows }: Program, { constants }: Highs): ModelData {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const { terms } of rows) {
    for (const [index, factor] of mergedTerms(terms)) {
      indices.push(index);
      values.push(factor);
    }
    starts.push(indices.length);
  }
  const { integer, continuous } = constants.variableType;
  const matrix = { format: 'csr', numRows: rows.length, numCols: variables.length, starts, indices, values } as const;
  return {
    numCols: variables.length,
    numRows: rows.length,
    colCost: new Float64Array(variables.length),
    colLower: variables.map(each => each.lower),
    colUpper: variables.map(each => each.upper),
    rowLower: rows.map(each => each.lower),
    rowUpper: rows.map(each => each.upper),
    matrix,
    integrality: variables.map(each => (each.isInteger ? integer : continuous)),
  };
}
