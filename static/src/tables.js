// Sorting and filtering of long tables. The page has the table whole without this script; what a reader chooses
// stays in the address after "#", so that it can be sent on and survives a reload.

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

// valueOf is what a cell is sorted by: its number where it has one, else its text.
function valueOf(row, column) {
  const cell = row.cells[column];
  return 'value' in cell.dataset ? Number(cell.dataset.value) : cell.textContent.trim();
}

// compare puts numbers before texts, and texts in the order of the page's language.
function compare(a, b) {
  if (typeof a === 'number' && typeof b === 'number') {
    return a - b;
  }
  return typeof a === typeof b ? collator.compare(a, b) : typeof a === 'number' ? -1 : 1;
}

const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

// first is how many rows of a long list a phone shows before its reader asks for the rest.
const first = 20;

// manage gives a table in its section a field that filters it and a button in each header that sorts it.
export function manage(section) {
  const table = section.querySelector('table');
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  const texts = rows.map((row) => fold(row.textContent));
  const id = section.getAttribute('aria-labelledby');
  const state = { sort: '', filter: '' };
  let whole = !table.classList.contains('ys-table--cards') || rows.some((row) => row.id && location.hash === `#${row.id}`);

  const label = document.createElement('label');
  label.className = 'ys-filter';
  label.append(section.dataset.filter);
  const field = document.createElement('input');
  field.type = 'search';
  field.id = `${id}-filter`;
  field.className = 'govuk-input';
  label.append(field);
  const status = document.createElement('span');
  status.className = 'ys-note';
  status.role = 'status';
  label.append(status);
  section.before(label);
  section.classList.add('ys-table-wrap--managed');
  const rest = document.createElement('button');
  rest.type = 'button';
  rest.className = 'govuk-button govuk-button--secondary ys-rest';
  rest.textContent = section.dataset.all.replace('M', rows.length);
  rest.addEventListener('click', () => {
    const next = body.rows[first];
    whole = true;
    show();
    next.tabIndex = -1;
    next.focus();
  });
  section.after(rest);

  function show() {
    const words = fold(state.filter).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, n) => {
      row.hidden = !words.every((word) => texts[n].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    status.textContent = words.length ? section.dataset.shown.replace('N', shown).replace('M', rows.length) : '';
    section.classList.toggle('ys-table-wrap--begun', !whole && !words.length);
    const [column, down] = [Number.parseInt(state.sort, 10), state.sort.endsWith('d')];
    const order = Number.isNaN(column)
      ? rows
      : rows.toSorted((a, b) => (down ? -1 : 1) * compare(valueOf(a, column), valueOf(b, column)));
    body.append(...order);
    heads.forEach((head, n) => {
      if (head.querySelector('button')) {
        head.setAttribute('aria-sort', n === column ? (down ? 'descending' : 'ascending') : 'none');
      }
    });
  }

  function keep() {
    const all = new URLSearchParams(location.hash.slice(1));
    for (const [key, value] of Object.entries(state)) {
      if (value) {
        all.set(`${id}.${key}`, value);
      } else {
        all.delete(`${id}.${key}`);
      }
    }
    history.replaceState(history.state, '', all.size ? `#${all}` : location.pathname + location.search);
    show();
  }

  heads.forEach((head, n) => {
    if (head.classList.contains('ys-date')) {
      return;
    }
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'ys-sort';
    button.append(...head.childNodes);
    button.addEventListener('click', () => {
      state.sort = state.sort === `${n}a` ? `${n}d` : `${n}a`;
      keep();
    });
    head.append(button);
  });
  field.addEventListener('input', () => {
    state.filter = field.value.trim();
    keep();
  });

  const given = new URLSearchParams(location.hash.slice(1));
  state.sort = given.get(`${id}.sort`) ?? '';
  state.filter = given.get(`${id}.filter`) ?? '';
  field.value = state.filter;
  show();
}
