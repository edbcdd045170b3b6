// The script that the server draws images of charts with. It is embedded and
// never sent. It runs in an engine without a page, so text is measured by
// ECharts' own table of letter widths.

import { init, revive } from './echarts.js';
import { registry } from './formatters.js';

// draw is the one name that the server calls: options as JSON in, SVG out. A
// width and a height are in pixels.
globalThis.draw = (options, language, fontFamily, width, height) => {
  const theme = { textStyle: { fontFamily } };
  const chart = init(null, theme, { renderer: 'svg', ssr: true, width, height });
  chart.setOption(revive(JSON.parse(options), registry(language)));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
};
