/**
 * Who may import whom. A pure domain in the middle, adapters around it that do not know each other, use cases that mix
 * them, skins that see only use cases. test/architecture.test.ts holds one deliberate violation of each rule.
 */
const domain = '^src/domain/';
const failure = '^src/failure[.]ts$';
const folder = '^src/folder[.]ts$';
const messages = '^src/account/messages[.]ts$';
const skins = 'cli|tui|api';
const seenBySkins = [
  '^src/usecases/',
  domain,
  failure,
  '^src/words/',
  '^src/(format|csv|chart|config|config-file|app)[.]ts$',
];
const adapters = 'db|eodhd|brokers|host|account';

const npm = (...names) => names.map(name => `(^|node_modules/)${name}(/|$)`);

/** A package that only some folders may import. */
const only = (name, packages, allowed) => ({
  name,
  severity: 'error',
  from: { path: '^src/', pathNot: allowed },
  to: { path: npm(...packages) },
});

module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'The domain does no I/O: it imports itself, failure and the decimal library, and nothing of Node.',
      severity: 'error',
      from: { path: domain },
      to: { pathNot: [domain, failure, ...npm('big[.]js', '@types/big[.]js')] },
    },
    {
      name: 'failure-imports-nothing',
      severity: 'error',
      from: { path: failure },
      to: { path: '.' },
    },
    {
      name: 'format-knows-only-domain',
      severity: 'error',
      from: { path: '^src/(format|csv)[.]ts$' },
      to: { path: '^src/', pathNot: [domain, failure, '^src/(format|csv)[.]ts$'] },
    },
    {
      name: 'words-know-no-adapter',
      comment: 'What the skins say alike: words and rows of what the domain and the use cases return.',
      severity: 'error',
      from: { path: '^src/words/' },
      to: { path: '^src/', pathNot: ['^src/words/', '^src/usecases/', domain, failure, '^src/(format|csv)[.]ts$'] },
    },
    {
      name: 'adapters-know-only-domain',
      comment: 'db, eodhd, brokers, host and account never import each other, nor anything above them.',
      severity: 'error',
      from: { path: `^src/(${adapters})/` },
      to: { path: '^src/', pathNot: ['^src/$1/', domain, failure, folder] },
    },
    {
      name: 'use-cases-know-no-skin',
      comment: 'Use cases mix the parts. They may name the type App, which is wired in app.ts.',
      severity: 'error',
      from: { path: '^src/usecases/' },
      to: { path: `^src/(${skins}|http|server|demo|main[.])` },
    },
    {
      name: 'no-use-case-in-a-use-case',
      comment: 'What two use cases share moves down. run-due alone calls others.',
      severity: 'error',
      from: { path: '^src/usecases/', pathNot: '^src/usecases/run-due(/|[.]ts$)' },
      to: { path: '^src/usecases/' },
    },
    {
      name: 'steps-are-below-use-cases',
      comment:
        'What several use cases share knows the parts, and neither a use case nor a skin. The doctor looks at sync.',
      severity: 'error',
      from: { path: '^src/(refresh|sync|doctor)/' },
      to: {
        path: '^src/',
        pathNot: [
          `^src/(${adapters}|sync)/`,
          '^src/$1/',
          domain,
          failure,
          '^src/(format|config|config-file|app)[.]ts$',
        ],
      },
    },
    {
      name: 'skins-know-only-use-cases',
      comment: 'cli, tui and api print what use cases return: no adapter, and not each other.',
      severity: 'error',
      from: { path: '^src/(cli|tui)/' },
      to: { path: '^src/', pathNot: ['^src/$1/', ...seenBySkins] },
    },
    {
      name: 'api-knows-only-use-cases-and-http',
      comment: 'As the other skins; with what is common to our servers, and the messages that clients of both know.',
      severity: 'error',
      from: { path: '^src/api/' },
      to: { path: '^src/', pathNot: ['^src/api/', ...seenBySkins, '^src/http/', messages] },
    },
    {
      name: 'http-serves-anybody',
      comment: 'What the account server and the local API share knows neither of them, and nothing that they serve.',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^src/', pathNot: ['^src/http/', messages, '^src/domain/date[.]ts$', failure] },
    },
    {
      name: 'only-main-opens-the-app',
      comment: 'app.ts wires the parts; everyone else is handed the App and names its type alone.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main[.]ts$' },
      to: { path: '^src/app[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-main',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/main[.]ts$' },
    },
    {
      name: 'server-stands-alone',
      comment: 'The account server validates and stores: it knows no rule of a portfolio.',
      severity: 'error',
      from: { path: '^src/server/' },
      to: {
        path: '^src/',
        pathNot: ['^src/server/', '^src/http/', messages, '^src/domain/(date|decimal)[.]ts$', failure, folder],
      },
    },
    {
      name: 'demo-knows-only-domain',
      severity: 'error',
      from: { path: '^src/demo/' },
      to: { path: '^src/', pathNot: ['^src/demo/', domain, failure] },
    },
    {
      name: 'only-app-starts-the-demo',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/app[.]ts$', '^src/demo/'] },
      to: { path: '^src/demo/' },
    },
    only('react-only-in-tui', ['react', '@types/react', 'ink'], '^src/tui/'),
    only('commander-only-in-cli', ['commander'], '^src/cli/'),
    only(
      'sqlite-only-in-db',
      ['better-sqlite3', '@types/better-sqlite3', 'drizzle-orm'],
      ['^src/db/', '^src/server/store'],
    ),
    only('undici-only-where-requests-are-made', ['undici'], ['^src/eodhd/', '^src/account/', '^src/host/notify']),
    only('keytar-only-in-keychain', ['keytar'], '^src/host/keychain[.]ts$'),
    only('highs-only-in-solver', ['highs'], '^src/host/solver[.]ts$'),
    only('papaparse-only-in-brokers', ['papaparse', '@types/papaparse'], '^src/brokers/'),
    only('decimals-only-in-domain', ['big[.]js', '@types/big[.]js'], '^src/domain/(short-)?decimal[.]ts$'),
    only('hono-only-in-servers', ['hono', '@hono'], ['^src/http/', '^src/server/', '^src/api/']),
    only(
      'accounts-only-in-server',
      ['jose', '@node-rs/argon2', '@electric-sql/pglite', 'pg', '@types/pg'],
      '^src/server/',
    ),
    {
      name: 'only-main-starts-a-server',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main[.]ts$', '^src/(server|api)/'] },
      to: { path: '^src/(server|api)/' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'Optional packages may be absent.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(keytar|@node-rs/argon2|@electric-sql/pglite|pg)$' },
    },
    {
      name: 'source-stands-alone',
      comment:
        'What is shipped imports neither tests and scripts nor a package that is installed for development only.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        path: [
          '^(test|scripts|bin|dist)/',
          npm('vitest', 'fast-check', 'esbuild', '@xterm', '@lydell', 'drizzle-kit'),
        ].flat(),
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Type imports count.
    tsPreCompilationDeps: true,
    // Without these, packages that are ES modules alone (ink) do not resolve and their rules never fire.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
