// Whether the page stays within its window, and what does not. Tables and code scroll within regions of their own.
({
  InnerWidth: window.innerWidth,
  ScrollWidth: document.documentElement.scrollWidth,
  Overflowing: document.documentElement.scrollWidth > document.documentElement.clientWidth ? overflowing() : [],
})
