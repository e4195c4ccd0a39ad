// Runs a WASI program: node run.mjs PROGRAM.wasm [ARGUMENT…]. It sees the files of the
// machine under their own names, and this environment. The exit code is the program's.
import { readdirSync, readFileSync } from 'node:fs';
import { WASI } from 'node:wasi';

// wasi-libc takes '/' and '.' for the same place: so every folder of '/' by its name.
const preopens = { '.': '.' };
for (const entry of readdirSync('/', { withFileTypes: true }))
    if (entry.isDirectory())
        preopens['/' + entry.name] = '/' + entry.name;

const [program, ...args] = process.argv.slice(2);
const wasi = new WASI({ version: 'preview1', returnOnExit: true, args: [program, ...args], env: process.env, preopens });
const module = new WebAssembly.Module(readFileSync(program));
const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi.wasiImport }); // as node 18 has it
process.exitCode = wasi.start(instance);
