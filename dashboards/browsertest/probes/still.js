// What moves, or would, though the reader asked for less motion.
(() => {
  const seconds = (text) => Math.max(...text.split(',').map((one) => parseFloat(one) * (one.includes('ms') ? 0.001 : 1)));
  const moving = [...document.querySelectorAll('*')].filter((e) => [null, '::before', '::after'].some((part) => {
    const style = getComputedStyle(e, part);
    return seconds(style.transitionDuration) > 0.001 || style.animationName !== 'none' && seconds(style.animationDuration) > 0.001
      || style.scrollBehavior === 'smooth';
  }));
  return {
    Asked: window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    Moving: moving.slice(0, 20).map(describe),
    Running: document.getAnimations().length,
  };
})()
