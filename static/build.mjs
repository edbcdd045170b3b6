// Builds dist/ from src/ and node_modules/: the script of every page, that of a static edition, the script that draws charts in browsers and on the
// server, one stylesheet and one icon. Files for the browser are named after their content; the manifest lists
// their names. LICENSES.txt has the licences of bundled packages. Run by `npm ci && node build.mjs`.

import { createHash } from 'node:crypto';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import * as sass from 'sass';

const root = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(root, 'dist');
const modules = path.join(root, 'node_modules');

// Ceilings in bytes at brotli quality 11.
const ceilings = { 'charts.js': 170_000, 'site.js': 3_000, 'static.js': 3_500, 'site.css': 16_000 };

// Where each bundled package keeps its licence and notices. govuk-frontend
// ships none, so its text is kept in src/licences.
const licences = {
  '@resvg/resvg-wasm': [path.join(root, 'src/licences/resvg-wasm.txt')],
  echarts: ['LICENSE', 'NOTICE', 'licenses/LICENSE-d3'].map((name) => path.join(modules, 'echarts', name)),
  'govuk-frontend': [path.join(root, 'src/licences/govuk-frontend.txt')],
  tslib: ['LICENSE.txt', 'CopyrightNotice.txt'].map((name) => path.join(modules, 'tslib', name)),
  zrender: [path.join(modules, 'zrender/LICENSE')],
};

class BuildError extends Error {}

// packageOf names the package a bundled file came from, or nothing for ours.
function packageOf(file) {
  const match = file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/);
  return match ? match[1] : undefined;
}

async function buildScript(name, target, banner) {
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [`src/${name}`],
    bundle: true,
    minify: true,
    format: 'iife',
    target,
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: banner },
    define: { 'process.env.NODE_ENV': '"production"' },
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const [output] = Object.values(result.metafile.outputs);
  const used = Object.entries(output.inputs).filter(([, input]) => input.bytesInOutput > 0);
  return {
    content: Buffer.from(result.outputFiles[0].contents),
    packages: used.map(([file]) => packageOf(file)).filter(Boolean),
  };
}

async function buildStyles() {
  // Warnings from inside dependencies are not ours to mend; our own are shown.
  const result = await sass.compileAsync(path.join(root, 'src/site.scss'), {
    loadPaths: [modules],
    quietDeps: true,
    style: 'compressed',
  });
  if (/@font-face|url\(/.test(result.css)) {
    throw new BuildError('site.css must load nothing: it holds an @font-face or a url()');
  }
  return {
    content: Buffer.from(result.css),
    packages: result.loadedUrls.map((url) => packageOf(fileURLToPath(url))).filter(Boolean),
  };
}

async function licenceText(packages) {
  const sections = [];
  for (const name of [...new Set(packages)].sort()) {
    if (!licences[name]) {
      throw new BuildError(`package ${name} is bundled but its licence is not listed in build.mjs`);
    }
    const { version, license } = JSON.parse(await readFile(path.join(modules, name, 'package.json'), 'utf8'));
    const texts = await Promise.all(licences[name].map((file) => readFile(file, 'utf8')));
    sections.push([`${name} ${version} (${license})`, '='.repeat(72), '', ...texts.map((text) => text.trim() + '\n')].join('\n'));
  }
  return sections.join('\n\n');
}

// The server sends these as they are, so that it compresses no asset itself.
function compressed(content) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  return { gzip: gzipSync(content, { level: 9 }), brotli: brotliCompressSync(content, { params }) };
}

function hashedName(name, content) {
  const { name: stem, ext } = path.parse(name);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return `${stem}.${hash}${ext}`;
}

async function build() {
  const banner = '/* Bundles echarts, zrender and tslib: see LICENSES.txt */';
  const [charts, site, files, styles, icon, raster] = await Promise.all([
    buildScript('charts.js', 'es2017', banner), // which the server's engine runs too
    buildScript('site.js', 'es2020', ''),
    buildScript('static.js', 'es2020', ''),
    buildStyles(),
    readFile(path.join(root, 'src/favicon.svg')),
    readFile(path.join(modules, '@resvg/resvg-wasm/index_bg.wasm')), // which only the server runs
  ]);
  const assets = { 'charts.js': charts.content, 'favicon.svg': icon, 'site.css': styles.content, 'site.js': site.content, 'static.js': files.content };
  const notices = await licenceText([...charts.packages, ...site.packages, ...files.packages, ...styles.packages, '@resvg/resvg-wasm']);

  const packed = {};
  for (const [name, content] of Object.entries(assets)) {
    packed[name] = compressed(content);
    const { gzip, brotli } = packed[name];
    console.log(`${name.padEnd(12)} raw ${content.length}  gzip ${gzip.length}  brotli ${brotli.length}`);
    if (brotli.length > (ceilings[name] ?? Infinity)) {
      throw new BuildError(`${name} is ${brotli.length} bytes at brotli 11, over its ceiling of ${ceilings[name]}`);
    }
  }

  for (const name of await readdir(dist)) {
    if (name !== '.gitkeep') { // which lets Go compile before this has run
      await rm(path.join(dist, name));
    }
  }
  const manifest = {};
  for (const [name, content] of Object.entries(assets)) {
    manifest[name] = hashedName(name, content);
    const file = path.join(dist, manifest[name]);
    await Promise.all([
      writeFile(file, content),
      writeFile(`${file}.gz`, packed[name].gzip),
      writeFile(`${file}.br`, packed[name].brotli),
    ]);
  }
  await writeFile(path.join(dist, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(path.join(dist, 'LICENSES.txt'), notices);
  await writeFile(path.join(dist, 'raster.wasm'), raster);
}

try {
  await build();
} catch (error) {
  console.error(`build failed: ${error.message}`);
  process.exitCode = 1;
}
