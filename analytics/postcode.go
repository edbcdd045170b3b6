package analytics

import (
	"regexp"
	"slices"
	"strings"
)

var (
	fullPostcode  = regexp.MustCompile(`^([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9])[A-Z]{2}$`)
	halfPostcode  = regexp.MustCompile(`^[A-Z]{1,2}[0-9][0-9A-Z]?$`)
	spacedSector  = regexp.MustCompile(`^([A-Z]{1,2}[0-9][0-9A-Z]?) +([0-9])[A-Z]?$`)
	letteredFirst = regexp.MustCompile(`^([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9])[A-Z]?$`) // a sector without its space
)

// postcode is a reading of a query as a postcode or the beginning of one. The sector is empty for an outcode alone.
type postcode struct {
	outcode string
	sector  string
	shown   string // as postcodes are written
}

// readPostcode reads a query as a postcode in every way that it can be read, the likeliest first; none where it is no
// postcode. Without its space LE24 is an outcode, and else the sector LE2 4.
func readPostcode(query string) []postcode {
	text := strings.ToUpper(strings.TrimSpace(query[:min(len(query), maxQuery)]))
	joined := strings.Join(strings.Fields(text), "")
	sector := func(m []string, shown string) postcode { return postcode{m[1], m[1] + " " + m[2], shown} }
	if m := fullPostcode.FindStringSubmatch(joined); m != nil {
		return []postcode{sector(m, m[1]+" "+joined[len(m[1]):])}
	}
	if m := spacedSector.FindStringSubmatch(text); m != nil {
		return []postcode{sector(m, m[1]+" "+m[2])}
	}
	var out []postcode
	if halfPostcode.MatchString(joined) {
		out = append(out, postcode{outcode: joined, shown: joined})
	}
	if m := letteredFirst.FindStringSubmatch(joined); m != nil {
		out = append(out, sector(m, m[1]+" "+m[2]))
	}
	return out
}

// Outside names a part of these islands that no area of the record serves.
type Outside string

// The parts that have postcodes and are outside England and Wales.
const (
	OutsideScotland        Outside = "scotland"
	OutsideNorthernIreland Outside = "northern_ireland"
	OutsideIslands         Outside = "islands" // the Isle of Man, Jersey and Guernsey
)

// outsideLetters are the letters that postcodes outside England and Wales begin with. Some of Scotland's are England's
// too: a code that is known is looked up first.
var outsideLetters = map[Outside][]string{
	OutsideScotland: {"AB", "DD", "DG", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH",
		"TD", "ZE"},
	OutsideNorthernIreland: {"BT"},
	OutsideIslands:         {"GY", "IM", "JE"},
}

// outsideCodes are the codes of the parts in the record: a town there has one in place of an authority's.
var outsideCodes = map[string]Outside{
	"S92000003": OutsideScotland,
	"N92000002": OutsideNorthernIreland,
	"L93000001": OutsideIslands,
	"M83000003": OutsideIslands,
}

// outsideOf says where an outcode is that is not in England and Wales; empty for any other.
func outsideOf(outcode string) Outside {
	letters := strings.TrimRight(outcode[:min(len(outcode), 2)], "0123456789")
	for _, o := range []Outside{OutsideScotland, OutsideNorthernIreland, OutsideIslands} {
		if slices.Contains(outsideLetters[o], letters) {
			return o
		}
	}
	return ""
}

// sharesOf are the authorities that a reading lies in: those of its sector where that is listed, else of its outcode.
// EC1 means all of EC1A, EC1M and so on. The code is what they are of; empty where none is known.
func (g *gazetteer) sharesOf(p postcode) (shares []PostcodeShare, code string) {
	if found := g.codes[p.sector]; p.sector != "" && len(found) > 0 {
		return found, p.sector
	}
	if found := g.codes[p.outcode]; len(found) > 0 {
		return found, p.outcode
	}
	if p.sector != "" {
		return nil, ""
	}
	total := 0
	at, _ := slices.BinarySearch(g.sorted, p.outcode)
	for ; at < len(g.sorted) && strings.HasPrefix(g.sorted[at], p.outcode); at++ {
		last := g.sorted[at][len(p.outcode):]
		if len(last) != 1 || last[0] < 'A' {
			continue
		}
		for _, share := range g.codes[g.sorted[at]] {
			total += share.Postcodes
			shares = append(shares, share)
		}
	}
	for n := range shares {
		shares[n].Share = float64(shares[n].Postcodes) / float64(max(total, 1))
	}
	if len(shares) > 0 {
		code = p.outcode
	}
	return shares, code
}
