// The parts of ECharts that the charts of the site use, for the script that draws
// in browsers and for the one that the server draws images with.

import { init, use } from 'echarts/core';
import {
  BarChart,
  BoxplotChart,
  HeatmapChart,
  LineChart,
  ScatterChart,
} from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendPlainComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';

use([
  AriaComponent,
  BarChart,
  BoxplotChart,
  GridComponent,
  HeatmapChart,
  LegendPlainComponent,
  LineChart,
  MarkAreaComponent,
  MarkLineComponent,
  ScatterChart,
  SVGRenderer,
  TooltipComponent,
  VisualMapComponent,
]);

export { init };

// revive returns the options with every {"fn": "NAME"} replaced by the
// function of that name.
export function revive(node, functions) {
  if (Array.isArray(node)) {
    return node.map((item) => revive(item, functions));
  }
  if (node === null || typeof node !== 'object') {
    return node;
  }
  const keys = Object.keys(node);
  if (keys.length === 1 && keys[0] === 'fn' && typeof node.fn === 'string') {
    if (!functions.has(node.fn)) {
      throw new Error(`unknown chart function "${node.fn}"`);
    }
    return functions.get(node.fn);
  }
  return Object.fromEntries(keys.map((key) => [key, revive(node[key], functions)]));
}
