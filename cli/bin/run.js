#!/usr/bin/env node
// Loads as little as can be: a built-in module that is imported is set up as a whole, one that is asked for is not.
if (!process.getBuiltinModule) {
  console.error(`msx needs Node 20.19 or newer; this is ${process.version}`);
  process.exit(1);
}
const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
const file = (path) => new URL(path, import.meta.url);

if (process.argv.length === 3 && process.argv[2] === '--version') {
  const { name, version } = JSON.parse(readFileSync(file('../package.json'), 'utf8'));
  console.log(`${name}/${version} ${process.platform}-${process.arch} node-${process.version}`);
} else {
  process.getBuiltinModule('node:module').enableCompileCache?.();
  // The published package comes built and has no build.mjs; in the repository the sources may be newer.
  const build = file('../build.mjs');
  if (existsSync(build)) await (await import(build)).buildIfStale();
  const { main } = await import(program(process.argv.slice(2, 4)));
  await main(process.argv.slice(2));
}

/** Some commands are programs of their own. */
function program([topic, verb]) {
  const names = [`${topic}/${verb}`, topic].filter((name) => /^[a-z]+(\/[a-z]+)?$/.test(name));
  return names.map((name) => file(`../dist/frequent/${name}.js`)).find(existsSync) ?? file('../dist/main.js');
}
