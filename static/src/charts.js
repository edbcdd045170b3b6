// The script that draws charts. On a page it draws every chart from the JSON island
// beside it, and says its figures one by one: no global state, no requests, no markup written.
// A chart that cannot be drawn is hidden by its class and the table beside it stays.
//
// The server runs the same script to make images. It has no page, so the script gives
// it one function, and ECharts measures text by its own table of letter widths.

import { init } from './echarts.js';
import { link, stand } from './link.js';
import { sayByAxis, walk } from './walk.js';

// withoutAnimation stills the options, whether plain or in the form with media
// queries.
function withoutAnimation(options) {
  return options.baseOption
    ? { ...options, baseOption: { ...options.baseOption, animation: false } }
    : { ...options, animation: false };
}

function draw(element) {
  const island = document.getElementById(`${element.dataset.chart}-options`);
  if (!island) {
    throw new Error('no options on the page');
  }
  let options = JSON.parse(island.textContent);
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) {
    options = withoutAnimation(options);
  }

  // Text is measured as it is drawn, so the page's own typeface is given to
  // the chart rather than put on it afterwards by the stylesheet.
  const theme = { textStyle: { fontFamily: getComputedStyle(element).fontFamily } };
  const chart = init(element, theme, { renderer: 'svg' });

  chart.on('finished', () => {
    // The box lets print styles scale the drawing to the paper.
    const box = `0 0 ${chart.getWidth()} ${chart.getHeight()}`;
    element.querySelector('svg')?.setAttribute('viewBox', box);
    element.dataset.painted = 'true';
  });
  sayByAxis(options);
  stand(options);
  chart.setOption(options);
  walk(chart, element, options, link(chart, element, options));

  // On paper the box scales the drawing; only a screen has the chart drawn anew.
  const paper = matchMedia('print');
  new ResizeObserver(() => {
    const { clientWidth, clientHeight } = element;
    const changed = clientWidth !== chart.getWidth() || clientHeight !== chart.getHeight();
    if (!paper.matches && clientWidth > 0 && clientHeight > 0 && changed) {
      chart.resize();
    }
  }).observe(element);
}

function drawOr(element) {
  try {
    draw(element);
  } catch (error) {
    element.classList.add('ys-chart--failed');
    console.error(`Yardstick chart "${element.dataset.chart}" was not drawn: ${error.message}`);
  }
}

// A chart in a disclosure is drawn when that is first opened: before, it has no size.
function drawAll() {
  for (const element of document.querySelectorAll('[data-chart]')) {
    const closed = element.closest('details:not([open])');
    if (closed) {
      closed.addEventListener('toggle', () => drawOr(element), { once: true });
    } else {
      drawOr(element);
    }
  }
}

// toSVG returns a chart as an SVG element: options as JSON, width and height in pixels.
function toSVG(options, fontFamily, width, height) {
  const theme = { textStyle: { fontFamily } };
  const chart = init(null, theme, { renderer: 'svg', ssr: true, width, height });
  chart.setOption(JSON.parse(options));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

if (typeof document === 'undefined') {
  globalThis.draw = toSVG;
} else {
  drawAll();
}
