// The size of each chart's drawing, as it stands on the page or the paper.
[...document.querySelectorAll('[data-chart]:not(details:not([open]) *)')].map((element) => {
  const box = element.querySelector('svg')?.getBoundingClientRect() ?? { width: 0, height: 0, right: 0 };
  return { ID: element.dataset.chart, Width: box.width, Height: box.height, Right: box.right };
})
