// Keeps the layout shifts of a page on its window, from its beginning.
(() => {
  window.ysShifts = [];
  new PerformanceObserver((list) => {
    for (const { startTime, value, sources } of list.getEntries()) {
      const what = sources.map(({ node, previousRect, currentRect }) => (
        `${describe(node)} from ${previousRect.y} (${previousRect.height} high)`
          + ` to ${currentRect.y} (${currentRect.height} high)`
      ));
      window.ysShifts.push({ startTime, value, what });
    }
  }).observe({ type: 'layout-shift', buffered: true });
})()
