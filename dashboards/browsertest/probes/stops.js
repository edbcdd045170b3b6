// Everything that a keyboard must reach, in the order of the document, with how each looks before it is reached. It is
// kept on the window for focused.js.
(() => {
  const reachable = 'a[href], button, select, input:not([type="hidden"]), textarea, summary, [tabindex="0"]';
  window.ysStops = [...document.querySelectorAll(reachable)].filter((e) => shown(e) && !e.disabled && e.tabIndex >= 0);
  window.ysLook = (element) => {
    const style = getComputedStyle(element);
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor } = style;
    return { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor };
  };
  window.ysBefore = window.ysStops.map(window.ysLook);
  return window.ysStops.map(describe);
})()
