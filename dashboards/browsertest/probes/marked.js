// Everything that a keyboard reaches and that does not show that the focus is on it: an outline that can be seen, or another
// look than without. See stops.js, which must have been asked before.
(() => {
  const at = document.activeElement;
  const unmarked = window.ysStops.filter((element) => {
    const before = window.ysLook(element);
    element.focus({ focusVisible: true, preventScroll: true });
    const now = window.ysLook(element);
    const outlined = now.outlineStyle !== 'none' && parseFloat(now.outlineWidth) >= 2 && !clear(now.outlineColor)
      && now.outlineColor !== now.backgroundColor;
    const forced = window.matchMedia('(forced-colors: active)').matches; // shadows and grounds are taken away there
    const other = !forced && (now.boxShadow !== 'none' && now.boxShadow !== before.boxShadow || now.backgroundColor !== before.backgroundColor);
    const reached = document.activeElement === element;
    element.blur();
    return !reached || !outlined && !other;
  });
  at?.focus?.({ preventScroll: true });
  return unmarked.map(describe);
})()
