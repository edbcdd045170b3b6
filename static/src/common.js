// What pages have with and without a server: arrow keys on the map, sorting and filtering of long tables, and what
// readers carry away.

import { walk } from './map.js';
import { manage } from './tables.js';
import './take.js';

for (const map of document.querySelectorAll('[data-map]')) walk(map);
for (const section of document.querySelectorAll('[data-filter]')) manage(section);
