// Waits until every chart is drawn or has failed, five seconds at most, and until what is drawn is on the screen. A
// frame that is not painted, as in a window in the background, does not keep it waiting.
(async () => {
  const frame = () => Promise.race([
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    new Promise((done) => setTimeout(done, 500)),
  ]);
  const waiting = () => document.querySelector('[data-chart]:not([data-painted="true"]):not(.ys-chart--failed):not(details:not([open]) *)');
  const last = performance.now() + 5000;
  while (waiting() && performance.now() < last) {
    await new Promise((done) => setTimeout(done, 20));
  }
  await document.fonts.ready;
  await frame();
})()
