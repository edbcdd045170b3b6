// The colours of each chart, and of what it stands on: what tells its parts apart must stay where a reader's system forces its own
// colours on pages.
(() => {
  const forced = window.matchMedia('(forced-colors: active)').matches;
  const charts = [...document.querySelectorAll('[data-chart]:not(details:not([open]) *)')].map((element) => {
    const colours = new Set();
    for (const shape of element.querySelectorAll('svg path, svg rect, svg circle, svg line, svg polyline, svg polygon, svg text')) {
      const { fill, stroke } = getComputedStyle(shape);
      colours.add(`${fill} ${stroke}`);
    }
    return { ID: element.dataset.chart, Colours: [...colours].sort(), Ground: getComputedStyle(element).backgroundColor };
  });
  // A word of a rating has steps before it, drawn on paper of their own, and a line round it.
  const bare = [...document.querySelectorAll('.ys-rating, .ys-comment')].filter((e) => {
    const style = getComputedStyle(e);
    const steps = getComputedStyle(e, '::before');
    return shown(e) && (!clean(e.textContent) || forced && (style.borderTopStyle === 'none' || parseFloat(style.borderTopWidth) === 0)
      || steps.content !== 'none' && steps.backgroundColor === 'rgba(0, 0, 0, 0)' && steps.backgroundImage === 'none');
  });
  // The present one of a row of links differs from the others by more than a colour.
  const look = (e) => {
    const s = getComputedStyle(e);
    return [s.borderBottomWidth, s.borderBottomStyle, s.textDecorationLine, s.textDecorationThickness, s.fontWeight, s.outlineStyle].join(' ');
  };
  const alike = [...document.querySelectorAll('[aria-current]')].filter((e) => {
    const others = [...(e.closest('ul, ol, nav')?.querySelectorAll('a, span') ?? [])].filter((o) => !o.hasAttribute('aria-current') && shown(o));
    return shown(e) && others.some((o) => look(o) === look(e));
  });
  return { Forced: forced, Charts: charts, Bare: bare.map(describe), Alike: alike.map(describe) };
})()
