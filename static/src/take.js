// What a reader carries away. It completes addresses
// of this site, copies texts, and makes a picture of a chart from the image
// that the server drew. Without it the texts can be selected and the image is
// there as SVG.

// whole completes addresses within a text that were written without the site.
function whole(element) {
  const { path } = element.dataset;
  if (path && element.tagName === 'TEXTAREA') {
    element.value = element.value.replace(`"${path}`, `"${location.origin}${path}`);
  } else if (path) {
    element.textContent = element.textContent.replace(path, location.origin + path);
  }
}

// tell says in a button what came of it, for a while, and to those who hear it.
function tell(button, text) {
  const label = button.dataset.label ?? button.textContent;
  button.dataset.label = label;
  button.textContent = text;
  setTimeout(() => {
    button.textContent = label;
  }, 2500);
}

function copies(button) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const from = document.getElementById(button.dataset.copy);
    const text = (from.value ?? from.textContent).trim();
    try {
      await navigator.clipboard.writeText(text);
      tell(button, button.dataset.done);
    } catch {
      // Where the clipboard is out of reach the text is selected, to be copied by hand.
      getSelection().selectAllChildren(from);
      from.select?.();
    }
  });
}

const scale = 2; // pixels of the picture to one of the drawing

async function picture(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * scale;
  canvas.height = image.naturalHeight * scale;
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}

function makesPicture(button) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await picture(button.dataset.png));
      link.download = button.dataset.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch {
      tell(button, button.dataset.failed);
    }
    button.disabled = false;
  });
}

document.querySelectorAll('[data-path]').forEach(whole);
document.querySelectorAll('button[data-copy]').forEach(copies);
document.querySelectorAll('button[data-png]').forEach(makesPicture);
