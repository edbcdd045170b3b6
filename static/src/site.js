// What every page has besides its charts: suggestions under the search, arrow keys on the map,
// sorting and filtering of long tables, and what readers carry away.
// A page is whole without.

import { suggest } from './find.js';
import { walk } from './map.js';
import { manage } from './tables.js';
import './take.js';

for (const form of document.querySelectorAll('[data-find]')) suggest(form);
for (const map of document.querySelectorAll('[data-map]')) walk(map);
for (const section of document.querySelectorAll('[data-filter]')) manage(section);
