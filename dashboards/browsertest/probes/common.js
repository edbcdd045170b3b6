// What several probes need. It stands before every probe, in one scope with it.

// describe names an element so that it can be found: a selector and the first of its words.
const describe = (element) => {
  if (!element?.classList) {
    return 'nothing';
  }
  const id = element.id ? `#${element.id}` : '';
  const classes = [...element.classList].map((name) => `.${name}`).join('');
  const href = element.getAttribute('href') === null ? '' : `[href="${element.getAttribute('href')}"]`;
  const words = clean(element.textContent).slice(0, 40);
  return `${element.localName}${id}${classes}${href}${words ? ` "${words}"` : ''}`;
};

// clean is text as it is read: runs of white space are one space.
const clean = (text) => (text ?? '').replace(/\s+/g, ' ').trim();

// clear says whether a colour cannot be seen.
const clear = (colour) => colour === 'transparent' || /^rgba.*,\s*0(\.0+)?\)$|\/\s*0(\.0+)?\)$/.test(colour);

// shown says whether an element takes part in the page as it is drawn.
const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;

// overflowing are elements that reach past the right edge, unless an element around them scrolls or clips.
const overflowing = () => {
  const width = document.documentElement.clientWidth; // a phone lays out wider where something does not fit
  const contained = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== 'visible') {
        return true;
      }
    }
    return false;
  };
  return [...document.body.querySelectorAll('*')]
    .filter((e) => shown(e) && e.getBoundingClientRect().right > width + 0.5 && !contained(e))
    .map((e) => `${describe(e)} ends at ${Math.round(e.getBoundingClientRect().right)}`);
};
