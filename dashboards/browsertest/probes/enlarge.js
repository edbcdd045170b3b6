// Doubles the size of text, as readers may in their browsers, and tells which words keep theirs, or are cut since their box
// does not grow with them. What a chart draws stands in its table too.
(() => {
  const root = document.documentElement;
  const worded = [...document.body.querySelectorAll('*')].filter((e) => shown(e) && !e.closest('svg, option, [aria-hidden="true"]')
    && [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && clean(node.data)));
  const size = (e) => parseFloat(getComputedStyle(e).fontSize);
  const before = worded.map(size);
  root.style.fontSize = '200%';
  const clipped = (e) => {
    const style = getComputedStyle(e);
    const hides = (value) => value === 'hidden' || value === 'clip';
    const read = e.clientWidth > 2 && e.clientHeight > 2; // what is for screen readers alone is a dot on the screen
    return read && (hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1 || hides(style.overflowY) && e.scrollHeight > e.clientHeight + 1);
  };
  return {
    Words: worded.length,
    Small: worded.filter((e, n) => size(e) < before[n] * 1.9).map(describe),
    Cut: worded.filter(clipped).map(describe),
  };
})()
