// What every page has besides its charts: suggestions under the search, and common.js.
// A page is whole without.

import './common.js';
import { suggest } from './find.js';

for (const form of document.querySelectorAll('[data-find]')) {
  suggest(form, async (query, signal) => {
    const response = await fetch(form.dataset.find + encodeURIComponent(query), { signal });
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()).data;
  });
}
