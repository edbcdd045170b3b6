package e2e

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"yardstick/data/release"
)

// TestAssistant asks the program as an assistant does: started by the client, over its standard input and output, with
// a release that changes meanwhile.
func TestAssistant(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts the program")
	}
	home := homeWithRelease(t)
	cmd, log := program(t, "mcp", "--home", home)
	cmd.Stdout = nil // the transport has it
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.CommandTransport{Command: cmd}, nil)
	if err != nil {
		t.Fatalf("%v: %s", err, log)
	}
	ask := func() string {
		t.Helper()
		got, err := session.CallTool(t.Context(), &mcp.CallToolParams{
			Name:      "inspection",
			Arguments: map[string]any{"id": "wolverhampton-cci-2012"},
		})
		if err != nil {
			t.Fatalf("%v: %s", err, log)
		}
		content, err := json.Marshal(got.StructuredContent)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	if got := ask(); !strings.Contains(got, release.CurrentID(home)) {
		t.Errorf("answered %.300s", got)
	}
	publishNotice(t, home)
	if got := ask(); !strings.Contains(got, release.CurrentID(home)) || !strings.Contains(got, "61.37") {
		t.Errorf("after a publication: %.300s", got)
	}
	if err := session.Close(); err != nil {
		t.Errorf("closing: %v: %s", err, log)
	}
	if code, _, errOut := told(t, "mcp", "--home", home, "--addr", "0.0.0.0:0"); code != 2 ||
		!strings.Contains(errOut, "this machine alone") {
		t.Errorf("an open address: exit %d, %q", code, errOut)
	}
}
