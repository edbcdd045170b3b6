// What a chart says of its figures: of all that lie at one label of its axis, or of each mark where it has no such axis.
// The pointer shows it, and arrow keys go through it, with a line of text that screen readers follow.

const textsOf = (items) => [...new Set(items.flatMap((d) => d?.tooltip?.formatter?.split('\n') ?? []))].join('\n');

const byAxis = (base) => base.tooltip?.trigger === 'axis';

// sayByAxis has the pointer show everything at a label of the axis.
export function sayByAxis(options) {
  const base = options.baseOption ?? options;
  if (byAxis(base)) {
    base.tooltip.formatter = (all) => textsOf(all.map(({ data }) => data));
  }
}

// stopsOf lists what the pointer can show, in the order of the axis or else of the marks.
function stopsOf(options) {
  const base = options.baseOption ?? options;
  const labels = byAxis(base) ? [...base.xAxis, ...base.yAxis].find(({ type }) => type === 'category').data : [];
  const stops = new Map();
  base.series.forEach(({ data }, seriesIndex) => {
    data?.forEach((d, dataIndex) => {
      if (!d?.tooltip) return;
      const label = labels.indexOf(Array.isArray(d.value) ? d.value.find((x) => labels.includes(x)) : labels[dataIndex]);
      const key = byAxis(base) ? label : stops.size;
      const stop = stops.get(key) ?? { key, seriesIndex, dataIndex, items: [] };
      stop.items.push(d);
      stops.set(key, stop);
    });
  });
  return [...stops.values()].sort((a, b) => a.key - b.key);
}

// walk makes a chart one stop of the Tab key, with its figures under the arrow keys.
export function walk(chart, element, options, mark) {
  const stops = stopsOf(options);
  const said = document.getElementById(`${element.dataset.chart}-said`);
  if (!said || stops.length === 0) return;
  let at = -1;
  said.hidden = false;
  element.tabIndex = 0;
  element.setAttribute('role', 'application');
  element.setAttribute('aria-describedby', said.id);
  const hide = () => {
    chart.dispatchAction({ type: 'hideTip' });
    mark();
  };
  element.addEventListener('blur', hide);
  element.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = stops.length - 1;
    const next = Math.min(at + 1, last);
    const before = Math.max(at - 1, 0);
    const to = { ArrowRight: next, ArrowDown: next, ArrowLeft: before, ArrowUp: before, Home: 0, End: last }[event.key];
    if (event.key === 'Escape') hide();
    if (to === undefined) return;
    event.preventDefault();
    at = to;
    const { seriesIndex, dataIndex, items } = stops[at];
    mark(stops[at]);
    chart.dispatchAction({ type: 'showTip', seriesIndex, dataIndex });
    said.textContent = textsOf(items);
  });
}
