package browsertest

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestLongTables sorts and filters the list of inspections, goes away with the address, and comes back to the same
// rows.
func TestLongTables(t *testing.T) {
	b := newTab(t, widths[0])
	b.do("open", chromedp.Navigate(origin+"/inspections"))
	var before, sorted, filtered, again struct {
		First, Sort, Status, Address string
		Rows                         int
	}
	const look = `(() => {
		const table = document.querySelector('.ys-filter + section table');
		const rows = [...table.tBodies[0].rows].filter((row) => row.checkVisibility());
		return { First: rows[0].cells[0].textContent.trim(), Rows: rows.length, Address: location.href,
			Sort: table.tHead.rows[0].cells[0].getAttribute('aria-sort') ?? '',
			Status: document.querySelector('.ys-filter [role=status]').textContent };
	})()`
	b.evaluate("look", look, &before)
	b.evaluate("sort", `document.querySelector('.ys-sort').click()`, nil)
	b.evaluate("look again", look, &sorted)
	if sorted.Rows != before.Rows || sorted.First == before.First || sorted.Sort != "ascending" ||
		sorted.First != "Barking and Dagenham 2019" && sorted.First[0] != 'B' {
		t.Errorf("sorted by inspection: %+v, before %+v", sorted, before)
	}
	b.do("filter", chromedp.SendKeys(".ys-filter input", "leicester 2016"))
	b.evaluate("look at what is left", look, &filtered)
	if filtered.Rows != 1 || filtered.First != "Leicester City 2016" || filtered.Status == "" {
		t.Errorf("filtered: %+v", filtered)
	}
	b.do("come back", chromedp.Navigate("about:blank"), chromedp.Navigate(filtered.Address))
	b.evaluate("look once more", look, &again)
	if again.Rows != 1 || again.First != filtered.First || again.Sort != "ascending" {
		t.Errorf("by its address: %+v", again)
	}
}

// TestLongListsBegin looks at a long list on a phone: its first rows, then all of them once a button is pressed, and
// what is filtered for wherever it is.
func TestLongListsBegin(t *testing.T) {
	b := newTab(t, widths[1])
	b.do("open", chromedp.Navigate(origin+"/inspections"))
	const rows = `[...document.querySelectorAll('.ys-table--cards > tbody > tr')]
		.filter((row) => row.checkVisibility()).length`
	const rest = `document.querySelector('.ys-rest')`
	var begun, filtered, again, whole int
	var focus, button bool
	b.evaluate("count", rows, &begun)
	b.do("filter", chromedp.SendKeys(".ys-filter input", "york 2022"))
	b.evaluate("count what is left", rows, &filtered)
	b.evaluate("empty the filter", `(() => { const field = document.querySelector('.ys-filter input');
		field.value = ''; field.dispatchEvent(new Event('input')); })()`, nil)
	b.evaluate("count again", rows, &again)
	b.evaluate("ask for the rest", rest+`.click()`, nil)
	b.evaluate("count all", rows, &whole)
	b.evaluate("look where the focus is",
		`document.activeElement === document.querySelector('.ys-table--cards > tbody').rows[20]`, &focus)
	b.evaluate("look for the button", rest+`.checkVisibility()`, &button)
	if begun != 20 || filtered != 1 || again != 20 || whole < 200 || !focus || button {
		t.Errorf("%d rows, %d filtered, %d again, %d in all; focus on the first of the rest: %t; button left: %t", begun,
			filtered, again, whole, focus, button)
	}
}

// TestRowsAreCards looks at a compact table on a phone: each value is beside the header of its column, within the
// screen.
func TestRowsAreCards(t *testing.T) {
	b := newTab(t, widths[1])
	b.do("open", chromedp.Navigate(origin+"/areas/leicester-city"))
	var seen struct{ Cards, Labelled, Outside int }
	b.evaluate("look", `(() => {
		const cells = [...document.querySelectorAll('#history-table ~ tbody td')];
		return { Cards: cells.length,
			Labelled: cells.filter((cell) => getComputedStyle(cell, '::before').content.length > 4).length,
			Outside: cells.filter((cell) => cell.getBoundingClientRect().right > innerWidth).length };
	})()`, &seen)
	if seen.Cards != 6 || seen.Labelled != 6 || seen.Outside != 0 {
		t.Errorf("%+v", seen)
	}
}
