// Asks Lighthouse about pages, with a browser of this machine, and prints what it says as JSON. Run by the browser's tests:
//
//   node lighthouse.mjs BROWSER CATEGORY[,CATEGORY…] ADDRESS…

import * as chromeLauncher from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';

const [chromePath, categories, ...addresses] = process.argv.slice(2);
const chromeFlags = ['--headless=new', '--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'];
if (process.getuid?.() === 0) {
  chromeFlags.push('--no-sandbox');
}

// faults are the audits of a category that do not pass, as far as they count in its score.
const faults = (category, audits) => category.auditRefs
  .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
  .map(({ id }) => {
    const where = (audits[id].details?.items ?? []).slice(0, 5)
      .map((item) => item.node?.selector ?? item.description ?? item.sourceLocation?.url ?? item.source?.url ?? '');
    return { ID: id, Title: audits[id].title, Where: where.map(String) };
  });

const chrome = await chromeLauncher.launch({ chromePath, chromeFlags, logLevel: 'silent' });
try {
  const reports = [];
  for (const address of addresses) {
    const options = { port: chrome.port, onlyCategories: categories.split(','), logLevel: 'silent', output: 'json' };
    const { lhr } = await lighthouse(address, options, desktopConfig);
    if (lhr.runtimeError) {
      throw new Error(`${address}: ${lhr.runtimeError.message}`);
    }
    reports.push({
      Address: lhr.finalDisplayedUrl,
      Version: lhr.lighthouseVersion,
      Categories: Object.values(lhr.categories).map((category) => ({
        ID: category.id, Score: Math.round((category.score ?? 0) * 100), Faults: faults(category, lhr.audits),
      })),
    });
  }
  console.log(JSON.stringify(reports));
} finally {
  chrome.kill();
}
