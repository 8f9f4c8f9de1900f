#!/usr/bin/env node
// The launcher. Written so that an old Node can parse it and be told what is wrong: no static import, no newer syntax.
const version = process.versions.node.split('.').map(Number);
if (version[0] < 22 || (version[0] === 22 && version[1] < 19)) {
  process.stderr.write(`asxos needs Node 22.19 or newer; this is Node ${process.versions.node}.\n`);
  process.exit(69);
} else if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) {
  process.stdout.write(`${packageVersion()}\n`);
} else {
  start();
}

function packageVersion() {
  const text = process.getBuiltinModule('fs').readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return JSON.parse(text).version;
}

function start() {
  const main = new URL('../dist/main.js', import.meta.url);
  if (!process.getBuiltinModule('fs').existsSync(main)) {
    process.stderr.write('asxos is not built yet. Run: npm run build\n');
    process.exit(69);
  }
  // Compiled code is kept for the next start. Where that cannot be written, every start compiles anew.
  process.getBuiltinModule('module').enableCompileCache(cacheDirectory());
  import(main.href).catch(error => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(70);
  });
}

function cacheDirectory() {
  const path = process.getBuiltinModule('path');
  const home = process.getBuiltinModule('os').homedir();
  const env = process.env;
  if (process.platform === 'win32')
    return path.join(env.LOCALAPPDATA || path.join(home, 'AppData', 'Local'), 'asxos', 'cache');
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Caches', 'asxos');
  const given = env.XDG_CACHE_HOME;
  return path.join(given && path.isAbsolute(given) ? given : path.join(home, '.cache'), 'asxos');
}
