// Everything about a page that one look at it can tell. See observation in observe_test.go.
(() => {
  const root = document.documentElement;

  const painted = (shape) => {
    const style = getComputedStyle(shape);
    const filled = style.fill !== 'none' && style.fill !== 'transparent' && Number(style.fillOpacity) > 0;
    const stroked = style.stroke !== 'none' && style.stroke !== 'transparent' && parseFloat(style.strokeWidth) > 0;
    return (filled || stroked) && Number(style.opacity) > 0;
  };

  // cornersOf are the corners of a label's letters on the screen, whichever way it is turned. Of the height of its line
  // a quarter above and a fifth below is left out: there is air there, and some descenders.
  const cornersOf = (label) => {
    const { x, y, width, height } = label.getBBox();
    const toScreen = label.getScreenCTM();
    const [top, bottom, left, right] = [y + height / 4, y + height * 4 / 5, x + 0.5, x + width - 0.5];
    return [[left, top], [right, top], [right, bottom], [left, bottom]]
      .map(([px, py]) => new DOMPoint(px, py).matrixTransform(toScreen));
  };

  // overlap says whether two rectangles given by their corners have anything in common: no side of either parts them.
  const overlap = (a, b) => {
    const parted = (p, q, normal) => {
      const along = (points) => points.map((point) => point.x * normal.x + point.y * normal.y);
      return Math.max(...along(p)) <= Math.min(...along(q)) || Math.max(...along(q)) <= Math.min(...along(p));
    };
    const normals = (points) => [0, 1].map((n) => ({ x: points[n].y - points[n + 1].y, y: points[n + 1].x - points[n].x }));
    return ![...normals(a), ...normals(b)].some((normal) => parted(a, b, normal));
  };

  // categories are the names of rows and columns that a chart's options give its axes.
  const categories = (element) => {
    const island = document.getElementById(`${element.dataset.chart}-options`);
    const options = JSON.parse(island?.textContent ?? '{}');
    const { xAxis = [], yAxis = [] } = options.baseOption ?? options;
    return [xAxis, yAxis].flat().flatMap((axis) => axis.data ?? []).map((name) => name.value ?? name);
  };

  // letters is text without the spaces at which it may be broken into lines.
  const letters = (text) => text.replace(/\s+/g, '');

  const chart = (element) => {
    const box = element.getBoundingClientRect();
    const svg = element.querySelector('svg');
    const inside = (r) => r.right > box.left && r.left < box.right && r.bottom > box.top && r.top < box.bottom;
    const outOf = (r, around) => r.left < around.left - 1 || r.right > around.right + 1
      || r.top < around.top - 1 || r.bottom > around.bottom + 1;
    const rect = (e) => e.getBoundingClientRect();
    const shapes = svg ? [...svg.querySelectorAll('path, rect, circle, ellipse, line, polyline, polygon')] : [];
    const labels = svg ? [...svg.querySelectorAll('text')].filter((e) => clean(e.textContent) && shown(e)) : [];
    const corners = labels.map(cornersOf);
    const collisions = [];
    labels.forEach((label, n) => {
      for (let other = n + 1; other < labels.length; other += 1) {
        if (overlap(corners[n], corners[other])) {
          collisions.push(`"${clean(label.textContent)}" and "${clean(labels[other].textContent)}"`);
        }
      }
    });
    return {
      ID: element.dataset.chart,
      Painted: element.dataset.painted === 'true',
      Drawn: svg !== null,
      Label: element.getAttribute('aria-label') ?? '',
      Display: getComputedStyle(element).display,
      Width: box.width,
      Height: box.height,
      Shapes: shapes.filter((e) => !e.closest('defs, clipPath') && painted(e)
        && rect(e).width + rect(e).height > 0 && inside(rect(e))).length,
      Missing: categories(element).filter((name) => !letters(labels.map((e) => e.textContent).join('')).includes(letters(name))),
      Labels: labels.map((e) => clean(e.textContent)),
      Outside: labels.filter((e) => outOf(rect(e), rect(svg))).map((e) => clean(e.textContent)),
      Collisions: collisions,
    };
  };

  // texts are the words of the page in its own language: what says that it is in another is left out, what is folded
  // away is not.
  const texts = () => {
    const foreign = (element) => {
      const own = element.closest('[lang]');
      return own !== null && own.lang !== root.lang;
    };
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (clean(node.data) && !parent.closest('script, style, template, noscript') && !foreign(parent)) {
        found.push({ Text: clean(node.data), Where: describe(parent) });
      }
    }
    for (const name of ['aria-label', 'title', 'alt', 'placeholder']) {
      for (const element of document.body.querySelectorAll(`[${name}]`)) {
        if (!foreign(element)) {
          found.push({ Text: clean(element.getAttribute(name)), Where: `${name} of ${describe(element)}` });
        }
      }
    }
    found.push({ Text: clean(document.title), Where: 'title' });
    found.push({ Text: clean(document.querySelector('meta[name="description"]')?.content), Where: 'description' });
    return found;
  };

  const switches = [...document.querySelectorAll('a.ys-header__lang')];
  return {
    Status: performance.getEntriesByType('navigation')[0].responseStatus,
    Lang: root.lang,
    Title: document.title,
    InnerWidth: window.innerWidth,
    ScrollWidth: root.scrollWidth,
    Overflowing: root.scrollWidth > root.clientWidth ? overflowing() : [],
    Headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
      .map((e) => ({ Level: Number(e.localName[1]), Text: clean(e.textContent), Shown: shown(e) })),
    Charts: [...document.querySelectorAll('[data-chart]:not(details:not([open]) *)')].map(chart),
    Tables: [...document.querySelectorAll('table')].map((e) => ({
      Caption: clean(e.caption?.textContent),
      Text: [...e.rows].map((row) => [...row.cells].map((cell) => clean(cell.textContent)).join(' | ')).join('\n'),
      Shown: shown(e),
      Folded: e.closest('details:not([open])') !== null,
    })),
    Texts: texts(),
    Switches: switches.map((e) => ({ Href: e.href, Lang: e.lang, HrefLang: e.hreflang })),
  };
})()
