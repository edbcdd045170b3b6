// What shifts.js has kept since the chart script had come, once what was drawn last has been counted.
new Promise((done) => setTimeout(done, 100)).then(() => {
  const script = performance.getEntriesByType('resource').find((e) => /charts\..*\.js$/.test(e.name))?.responseEnd ?? 0;
  const since = window.ysShifts.filter((shift) => shift.startTime >= script);
  return {
    Painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    Script: script,
    Score: since.reduce((sum, shift) => sum + shift.value, 0),
    What: since.flatMap((shift) => shift.what),
  };
})
