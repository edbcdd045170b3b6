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

// shown says whether an element takes part in the page as it is drawn.
const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
