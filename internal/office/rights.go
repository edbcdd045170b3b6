package office

import (
	"fmt"
	"slices"
	"strings"
)

// Right is something that a role may do.
type Right string

// The rights.
const (
	RightSend     Right = "send"     // send a file, hand it in as a draft, ask for its review
	RightReadAll  Right = "read_all" // see every publication before it is public
	RightReadOwn  Right = "read_own" // see the publications of files one sent
	RightComment  Right = "comment"
	RightApprove  Right = "approve"  // approve or send back what somebody else sent
	RightPublish  Right = "publish"  // publish now or at the embargo; choose who reads before
	RightAsk      Right = "ask"      // ask for a withdrawal
	RightWithdraw Right = "withdraw" // confirm a withdrawal that somebody else asked for
	RightSeePlan  Right = "see_plan" // the desk, the programme and the national review
	RightPlan     Right = "plan"     // save runs of the desk, choose and reject areas
	RightPeople   Right = "people"   // who may sign in, and their roles
	RightAudit    Right = "audit"    // everything that was seen and done
)

// Roles returns the roles, in the order that pages list them.
func Roles() []string {
	return []string{"viewer", "analyst", "editor", "approver", "publisher", "administrator", "reader"}
}

// rightsOf are what each role may do. A viewer and an analyst see nothing that is not public. A reader sees the preview
// of one publication, while it is granted.
func rightsOf(role string) []Right {
	switch role {
	case "viewer":
		return []Right{RightSeePlan}
	case "analyst":
		return []Right{RightSeePlan, RightPlan}
	case "editor":
		return []Right{RightSeePlan, RightSend, RightReadOwn, RightComment, RightAsk}
	case "approver":
		return []Right{RightSeePlan, RightSend, RightReadAll, RightComment, RightApprove, RightWithdraw}
	case "publisher":
		return []Right{RightSeePlan, RightReadAll, RightComment, RightPublish, RightAsk, RightWithdraw}
	case "administrator":
		return []Right{RightPeople, RightAudit}
	}
	return nil
}

// may says whether any of a person's roles has a right.
func may(roles []string, right Right) bool {
	return slices.ContainsFunc(roles, func(role string) bool { return slices.Contains(rightsOf(role), right) })
}

// ParseRoles reads roles with commas between; one that is not known is an error.
func ParseRoles(text string) ([]string, error) {
	var out []string
	for role := range strings.SplitSeq(text, ",") {
		role = strings.TrimSpace(role)
		if role == "admin" {
			role = "administrator"
		}
		if !slices.Contains(Roles(), role) {
			return nil, fmt.Errorf("%q is none of the roles %s", role, strings.Join(Roles(), ", "))
		}
		if !slices.Contains(out, role) {
			out = append(out, role)
		}
	}
	return out, nil
}
