// Where the focus is, as an index into the list of stops.js, and whether a reader could see that it is there.
(() => {
  const element = document.activeElement;
  const index = window.ysStops.indexOf(element);
  if (index < 0) {
    return { Index: -1, What: describe(element), Marked: false, InView: false };
  }
  const before = window.ysBefore[index];
  const now = window.ysLook(element);
  const outlined = now.outlineStyle !== 'none' && parseFloat(now.outlineWidth) > 0 && !clear(now.outlineColor)
    && ['outlineStyle', 'outlineWidth', 'outlineColor'].some((name) => now[name] !== before[name]);
  const shadowed = now.boxShadow !== 'none' && now.boxShadow !== before.boxShadow;
  const filled = now.backgroundColor !== before.backgroundColor;
  const [box] = element.getClientRects(); // the first line of a link that is broken over several
  const top = document.elementFromPoint(
    Math.min(Math.max(box.left + box.width / 2, 1), window.innerWidth - 1),
    Math.min(Math.max(box.top + Math.min(box.height / 2, 10), 1), window.innerHeight - 1),
  );
  return {
    Index: index,
    What: describe(element),
    Marked: outlined || shadowed || filled,
    InView: box.bottom > 0 && box.top < window.innerHeight && box.right > 0 && box.left < window.innerWidth
      && top !== null && (element.contains(top) || top.contains(element) || top.closest('[tabindex]') === element),
  };
})()
