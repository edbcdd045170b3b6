// What axe-core, loaded before, finds wrong with the page by the rules of WCAG 2.2 A and AA and its own good practice.
axe.run(document, {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  resultTypes: ['violations'],
}).then((results) => ({
  Rules: [...results.passes, ...results.violations].map((rule) => rule.id),
  Violations: results.violations.flatMap((rule) => rule.nodes.map((node) => ({
    Rule: rule.id,
    Impact: node.impact ?? rule.impact ?? '',
    Help: rule.help,
    Selector: node.target.flat().join(' '),
    Summary: clean(node.failureSummary),
  }))),
}))
