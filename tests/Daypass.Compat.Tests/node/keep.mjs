// Keeps one promise: node keep.mjs <module> <function>.
const [, , module, promise] = process.argv;
await (await import(`./${module}.mjs`))[promise]();
console.log("kept:", promise);
