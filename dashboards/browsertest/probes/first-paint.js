// Waits, for ten seconds at most, until the page has been painted.
(async () => {
  const painted = () => performance.getEntriesByName('first-contentful-paint').length > 0;
  for (let tries = 0; tries < 200 && !painted(); tries += 1) {
    await new Promise((done) => setTimeout(done, 50));
  }
})()
