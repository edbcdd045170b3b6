// The functions that chart options may name. Options are plain JSON, so a
// formatter is written there as {"fn": "percent"} and found here.
//
// ECharts calls formatters in three ways and each function here serves all:
// with a bare value (axis labels, tooltip values), with a parameter object
// (series labels), or with a list of those (tooltips of a whole axis).

const missing = '–';
const minus = '−';

// valueOf finds the number a formatter was called about. Of a pair or triple
// such as [x, y, z] it is the last.
function valueOf(input) {
  let value = input;
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    value = value.value;
  }
  if (Array.isArray(value)) {
    value = value[value.length - 1];
  }
  if (value === null || value === undefined || value === '' || value === '-') {
    return NaN;
  }
  return Number(value);
}

// decimals writes a number with at most so many places, with commas between
// thousands. The engine that the server draws with knows no Intl.
function decimals(value, places) {
  const [integer, fraction = ''] = value.toFixed(places).split('.');
  const rest = fraction.replace(/0+$/, '');
  return integer.replace(/\B(?=(\d{3})+$)/g, ',') + (rest && `.${rest}`);
}

const upToOne = (value) => decimals(value, 1);
const whole = (value) => decimals(value, 0);

// registry returns the functions by name for a page in the given language.
export function registry(language) {
  const welsh = language.toLowerCase().startsWith('cy');

  // format leaves the missing mark for what is not a number and writes a true
  // minus sign before what is below nought.
  const format = (write) => (input) => {
    const value = valueOf(input);
    return Number.isFinite(value) ? write(value).replace('-', minus) : missing;
  };
  const signed = (value) => (value > 0 ? '+' : '') + upToOne(value);
  const points = (value) => {
    if (welsh) {
      return 'pwynt';
    }
    return Math.abs(value) === 1 ? 'point' : 'points';
  };

  // note is the sentence the server wrote for the mark under the pointer.
  const note = (input) => {
    const marks = Array.isArray(input) ? input : [input];
    return marks
      .map((mark) => mark?.data?.note)
      .filter(Boolean)
      .join('\n');
  };

  return new Map([
    ['number', format((value) => upToOne(value))],
    ['integer', format((value) => whole(value))],
    ['wholeOnly', (input) => (Number.isInteger(valueOf(input)) ? whole(valueOf(input)) : '')],
    ['percent', format((value) => `${upToOne(value)}%`)],
    ['percentAbs', format((value) => `${upToOne(Math.abs(value))}%`)],
    ['points', format((value) => `${upToOne(value)} ${points(value)}`)],
    ['signed', format(signed)],
    ['signedPoints', format((value) => `${signed(value)} ${points(value)}`)],
    ['year', (input) => String(new Date(valueOf(input)).getUTCFullYear())],
    ['note', note],
    ['blank', () => ''],
  ]);
}
