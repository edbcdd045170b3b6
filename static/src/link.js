// What a reader points at in one chart is marked in all charts of the page: the dots of the same area, the parts of bars
// with the same rating. Arrow keys mark as the pointer does.

const linked = []; // the charts of the page, each with where every subject is in it

const looks = {
  line: { emphasis: { scale: 1.8 } },
  bar: { emphasis: { focus: 'series' }, blur: { itemStyle: { opacity: 0.3 } } },
  scatter: { emphasis: { scale: 1.8, itemStyle: { color: '#0b0c0c' } } },
};

// subjectOf is what a mark is about: it says so, or it is part of a bar and its series is a rating.
const subjectOf = (d, series) => d?.about ?? (series?.type === 'bar' && d?.value !== '-' ? series.name : undefined);

function placesOf(series) {
  const places = new Map();
  series.forEach((s, seriesIndex) => {
    s.data?.forEach((d, dataIndex) => {
      const subject = subjectOf(d, s);
      if (subject === undefined) return;
      const of = places.get(subject) ?? new Map();
      of.set(seriesIndex, [...(of.get(seriesIndex) ?? []), dataIndex]);
      places.set(subject, of);
    });
  });
  return places;
}

const seriesOf = (options) => (options.baseOption ?? options).series;

// stand gives the marks of a chart the look that they have when they are marked.
export function stand(options) {
  for (const s of seriesOf(options)) Object.assign(s, looks[s.type]);
}

function mark(subject) {
  for (const { chart, element, places } of linked) {
    const of = places.get(subject);
    chart.dispatchAction({ type: 'downplay' });
    of?.forEach((dataIndex, seriesIndex) => chart.dispatchAction({ type: 'highlight', seriesIndex, dataIndex }));
    if (of) element.dataset.marked = subject;
    else delete element.dataset.marked;
  }
}

// link returns a function that marks what a stop of the chart is about, or nothing.
export function link(chart, element, options) {
  const series = seriesOf(options);
  linked.push({ chart, element, places: placesOf(series) });
  chart.on('mouseover', ({ data, seriesIndex }) => mark(subjectOf(data, series[seriesIndex])));
  chart.on('mouseout', () => mark());
  return (stop) => mark(stop && stop.items.length === 1 ? subjectOf(stop.items[0], series[stop.seriesIndex]) : undefined);
}
