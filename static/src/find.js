// Suggestions under the search box: a combobox with a list, after the ARIA 1.2 pattern. The focus stays in the box; the arrow
// keys move the active option, Enter goes to it, Escape closes the list. Without an active option Enter sends the form. In a form
// with data-fill an option's name is put into the box and sent.
// What a query finds comes from answer(query, signal).

const pause = 120; // milliseconds without a key before the server is asked
const shortest = 2; // letters before it is asked at all

export function suggest(form, answer) {
  const box = form.querySelector('input[name="q"]');
  const list = form.querySelector('[role="listbox"]');
  const status = form.querySelector('[role="status"]');
  const answers = new Map();
  let active = -1;
  let timer = 0;
  let asking = null;

  box.setAttribute('role', 'combobox');
  box.setAttribute('aria-autocomplete', 'list');
  box.setAttribute('aria-controls', list.id);
  box.setAttribute('aria-describedby', form.querySelector('p[hidden]').id);

  function open(yes) {
    list.hidden = !yes;
    box.setAttribute('aria-expanded', String(yes));
    if (!yes) choose(-1);
  }

  function choose(at) {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = at;
    const option = list.children[at];
    if (!option) {
      box.removeAttribute('aria-activedescendant');
      return;
    }
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', option.id);
  }

  function part(text, name) {
    const element = document.createElement('span');
    element.className = name;
    element.textContent = text;
    return element;
  }

  function show({ status: words, areas }) {
    status.textContent = words;
    list.replaceChildren(
      ...areas.map(({ name, reason, former, href }, at) => {
        const option = document.createElement('li');
        option.id = `${list.id}-${at}`;
        option.className = 'ys-find__option';
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        option.dataset.href = href;
        option.append(part(name, 'ys-find__name'));
        for (const note of [reason, former]) if (note) option.append(' ', part(note, 'ys-find__note'));
        return option;
      }),
    );
    active = -1;
    open(areas.length > 0);
  }

  async function ask(query) {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      if (!answers.has(query)) {
        answers.set(query, await answer(query, signal));
      }
      if (!signal.aborted && document.activeElement === box) show(answers.get(query));
    } catch {
      if (signal.aborted) return;
      open(false);
      status.textContent = form.dataset.failed;
    }
  }

  function later() {
    clearTimeout(timer);
    asking?.abort();
    const query = box.value.trim().toLowerCase();
    if (query.length < shortest) {
      open(false);
      status.textContent = '';
      return;
    }
    timer = setTimeout(ask, pause, query);
  }

  function move(step) {
    const count = list.children.length;
    if (list.hidden) {
      if (count > 0) open(true);
      else later();
      return;
    }
    // One place beyond the ends is the box itself.
    choose(((active + 1 + step + count + 1) % (count + 1)) - 1);
  }

  function follow(option) {
    if (!('fill' in form.dataset)) {
      location.assign(option.dataset.href);
      return;
    }
    box.value = option.firstChild.textContent;
    form.submit();
  }

  box.addEventListener('input', later);
  box.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault();
        move(event.key === 'ArrowDown' ? 1 : -1);
        break;
      case 'Escape':
        if (list.hidden) return;
        event.preventDefault();
        open(false);
        break;
    }
  });
  form.addEventListener('submit', (event) => {
    const option = list.children[active];
    if (!option) return;
    event.preventDefault();
    follow(option);
  });
  box.addEventListener('blur', () => {
    clearTimeout(timer);
    open(false);
  });
  list.addEventListener('mousedown', (event) => event.preventDefault()); // the focus stays in the box
  list.addEventListener('click', (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) follow(option);
  });
  open(false);
}
