// The script of a static edition: common.js, and a search of names in an index that is a file. The index is a script,
// loaded when it is first needed, because pages on a disk may load scripts and read no other file.

import './common.js';
import { suggest } from './find.js';

const most = 8; // areas that are listed

// fold brings a query to the spelling of the index: analytics.fold does the same to names.
function fold(text) {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’‘`]/g, '')
    .replaceAll('&', ' and ')
    .replace(/[-,.()/]/g, ' ')
    .trim()
    .split(/\s+/)
    .join(' ');
}

const indexes = new Map();

// load returns the index at an address.
function load(address) {
  if (!indexes.has(address)) {
    indexes.set(
      address,
      new Promise((done, failed) => {
        window.yardstickIndex = done;
        const script = document.createElement('script');
        script.src = address;
        script.addEventListener('error', failed);
        document.head.append(script);
      }),
    );
  }
  return indexes.get(address);
}

// rank puts whole names first, then those that begin so, then those with a word that does.
function rank(name, query) {
  if (name === query) return 0;
  if (name.startsWith(query)) return 1;
  return name.includes(` ${query}`) ? 2 : 3;
}

function search({ areas, names, words }, query, folder) {
  const best = new Map(); // rank and place, by area
  const folded = fold(query);
  for (const [name, area, place] of names) {
    const found = rank(name, folded);
    if (found < 3 && found < (best.get(area)?.found ?? 3)) best.set(area, { found, place });
  }
  const sorted = [...best].sort(([, a], [, b]) => a.found - b.found);
  return {
    status: sorted.length > 0 ? words.status.replace('N', sorted.length) : words.none,
    areas: sorted.slice(0, most).map(([area, { place }]) => {
      const [name, id, former] = areas[area];
      return { name, reason: place, former, href: `${folder}areas/${id}/index.html` };
    }),
  };
}

for (const form of document.querySelectorAll('[data-index]')) {
  const address = new URL(form.dataset.index, location.href).href;
  const folder = address.slice(0, address.lastIndexOf('/') + 1);
  suggest(form, async (query) => search(await load(address), query, folder));
  // The form leads to the list of areas, which has no server to ask: what was typed is looked for there.
  const typed = new URLSearchParams(location.search).get('q');
  const box = form.querySelector('input[name="q"]');
  if (typed && !box.value) {
    box.value = typed;
    box.focus();
    box.dispatchEvent(new Event('input'));
  }
}
