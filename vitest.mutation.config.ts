import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = import.meta.dirname;
const instrumented = JSON.parse(readFileSync(join(root, '.mutation/instrumented.json'), 'utf8'));

/** Examples before laws: what they notice need not be tried on a thousand inputs. */
class ExamplesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number =>
      /laws\.test/.test(moduleId) ? 2 : /usecases/.test(moduleId) ? 1 : 0;
    return [...files].sort((a, b) => rank(a) - rank(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

/** The tests that have to notice a mutant: those of the rules themselves, which are quick. See docs/mutation.md. */
export default defineConfig({
  plugins: [
    {
      name: 'instrumented sources',
      enforce: 'pre',
      load: id => instrumented[relative(root, id)],
    },
  ],
  test: {
    include: [
      'test/domain/{ledger,tax,returns,income}/**/*.test.ts',
      // What is made of them for the screens of tax has its worked examples there.
      'test/usecases/{preview-sale,view-tax-year,pack-tax-year}.test.ts',
    ],
    setupFiles: ['test/support/environment.ts'],
    runner: './scripts/mutation-runner.ts',
    testTimeout: 60_000,
    env: { TZ: 'UTC', NODE_ENV: 'test' },
    isolate: false,
    // What was kept of another run has other mutants, or none.
    fsModuleCache: false,
    // Whoever ends the process ends the tests.
    pool: 'threads',
    maxWorkers: 1,
    sequence: { sequencer: ExamplesFirst },
    testNamePattern: /^(?!.*\d,000 )/,
  },
});
