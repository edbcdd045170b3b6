// The map of areas by keyboard: one stop for the Tab key, and arrow keys from tile to tile as they stand on the screen.

const steps = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

// What lies beside the way counts against a tile more than what lies along it.
const aside = 3;

export function walk(map) {
  const tiles = [...map.querySelectorAll('a')];
  if (tiles.length === 0) return;
  let stop = tiles[0];
  for (const tile of tiles) tile.tabIndex = tile === stop ? 0 : -1;
  for (const words of document.querySelectorAll('[data-map-keys]')) words.hidden = false;

  function centre(tile) {
    const box = tile.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  }

  function nearest(from, [right, down]) {
    const [x, y] = centre(from);
    let best = null;
    let least = Infinity;
    for (const tile of tiles) {
      const [tx, ty] = centre(tile);
      const along = (tx - x) * right + (ty - y) * down;
      const across = Math.abs((tx - x) * down) + Math.abs((ty - y) * right);
      const cost = along + aside * across;
      if (along > 1 && cost < least) [best, least] = [tile, cost];
    }
    return best;
  }

  map.addEventListener('focusin', ({ target }) => {
    const tile = target.closest('a');
    map.classList.remove('ys-map--quiet');
    stop.tabIndex = -1;
    stop = tile;
    stop.tabIndex = 0;
  });
  map.addEventListener('pointerover', () => map.classList.remove('ys-map--quiet'));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') map.classList.add('ys-map--quiet'); // hides the name that hangs over other tiles
  });
  map.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to =
      event.key in steps ? nearest(stop, steps[event.key]) : event.key === 'Home' ? tiles[0] : event.key === 'End' ? tiles.at(-1) : null;
    if (event.key in steps || to) event.preventDefault();
    to?.focus();
  });
}
