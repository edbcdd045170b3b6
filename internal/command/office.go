package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"yardstick/data/register"
	"yardstick/internal/office"
	"yardstick/internal/office/store"
	"yardstick/queries"
	"yardstick/static"
)

// officeAddr is where the office listens unless it is told otherwise: beside the public site, never at its address.
const officeAddr = "127.0.0.1:8081"

func officeCommand(s *settings, out, errOut io.Writer) *cobra.Command {
	addr, site, first := officeAddr, "", whoami()
	cmd := &cobra.Command{
		Use:   "office",
		Short: "Serve the office's pages, for people who sign in",
		Long: "Office is a process of its own beside the public site, over the same register. Where nobody may sign in " +
			"yet, it prints a\none-time link for the first administrator. People sign in with passkeys; docs/office.md " +
			"describes the pages and the roles.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if site == "" {
				_, port, err := net.SplitHostPort(addr)
				if err != nil {
					return fmt.Errorf("addr: %w", err)
				}
				site = "http://localhost:" + port
			}
			return serveOffice(cmd.Context(), *s, addr, site, first, out, logger(errOut, s.Verbose))
		},
	}
	cmd.Flags().StringVar(&addr, "addr", addr, "address to listen on")
	cmd.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases and the register")
	cmd.Flags().StringVar(&site, "site", "", "where the office's people reach it, such as https://office.example: "+
		"passkeys belong to its name (default http://localhost and the port)")
	cmd.Flags().StringVar(&first, "by", first, "name of the first administrator, where nobody may sign in yet")
	cmd.Flags().DurationVar(&s.Drain, "drain", s.Drain, "how long requests under way may take when stopping")
	cmd.Flags().StringVar(&s.Client, "client-header", s.Client,
		"header in which a proxy names the client's address and which it always overwrites, such as X-Real-IP")
	cmd.Flags().BoolVar(&s.Verbose, "verbose", s.Verbose, "log more")
	cmd.AddCommand(officeUserCommand(s, out))
	return cmd
}

func officeUserCommand(s *settings, out io.Writer) *cobra.Command {
	user := &cobra.Command{Use: "user", Short: "Say who may sign in to the office"}
	roles, email, site := "", "", "http://localhost:8081"
	add := &cobra.Command{
		Use:   "add NAME",
		Short: "Let somebody sign in to the office, or give them a new link, and print the one-time link",
		Long: "The roles are " + strings.Join(office.Roles(), ", ") + ". Somebody who is there already keeps their roles " +
			"unless --role says others.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return addToOffice(cmd.Context(), s, args[0], roles, email, site, out)
		},
	}
	add.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases and the register")
	add.Flags().StringVar(&email, "email", "", "address by which the identity provider knows them")
	add.Flags().StringVar(&roles, "role", "", "roles, with commas between")
	add.Flags().StringVar(&site, "site", site, "where the office's people reach it, as the office is told")
	user.AddCommand(add)
	return user
}

func openOffice(ctx context.Context, s *settings) (*store.Store, error) {
	return store.Open(ctx, filepath.Join(s.Home, "office"), queries.Files(), time.Now)
}

// addToOffice adds somebody to the office, and prints the link by which they enrol a passkey.
func addToOffice(ctx context.Context, s *settings, name, roles, email, site string, out io.Writer) (err error) {
	if !office.ValidName(name) {
		return fmt.Errorf("%q is not a name that the journal can keep", name)
	}
	db, err := openOffice(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	person, err := db.Person(ctx, name)
	switch {
	case errors.Is(err, store.ErrNone):
		given, err := office.ParseRoles(roles)
		if err != nil {
			return fmt.Errorf("--role: %w", err)
		}
		if err := db.AddPerson(ctx, name, given); err != nil {
			return err
		}
	case err != nil:
		return err
	case !person.Ended.IsZero():
		if err := db.Restore(ctx, name); err != nil {
			return err
		}
		fallthrough
	case roles != "":
		if roles == "" {
			break
		}
		given, err := office.ParseRoles(roles)
		if err != nil {
			return fmt.Errorf("--role: %w", err)
		}
		if err := db.SetRoles(ctx, name, given); err != nil {
			return err
		}
	}
	if email != "" {
		if err := db.SetEmail(ctx, name, email); err != nil {
			return fmt.Errorf("--email: %w", err)
		}
	}
	return printLink(ctx, db, name, site, out)
}

// oidcSecret is the environment variable of the secret that the identity provider knows the office by.
const oidcSecret = "YARDSTICK_OIDC_SECRET"

// identityProvider returns who signs the office's people in besides passkeys; nil where the home's settings name
// nobody. Its secret is in no settings: it comes from the environment, or from a file of its own.
func identityProvider(r *register.Register) (*office.Provider, error) {
	settings, err := r.Settings()
	if err != nil || settings.Issuer == "" {
		return nil, err
	}
	secret := os.Getenv(oidcSecret)
	if secret == "" && settings.SecretFile == "" {
		return nil, fmt.Errorf("identity provider: %s is not set, and oidc_secret_file names no file", oidcSecret)
	}
	if secret == "" {
		content, err := os.ReadFile(settings.SecretFile)
		if err != nil {
			return nil, fmt.Errorf("identity provider: %w", err)
		}
		secret = strings.TrimSpace(string(content))
	}
	return &office.Provider{Issuer: settings.Issuer, Client: settings.Client, Secret: secret}, nil
}

func printLink(ctx context.Context, db *store.Store, name, site string, out io.Writer) error {
	token, err := db.NewLink(ctx, name)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s signs in for the first time here, once, within 72 hours:\n  %s/join/%s\n", name,
		strings.TrimSuffix(site, "/"), token)
	return db.AddEvent(ctx, store.Event{Person: whoami(), Act: "person_link", Words: name})
}

// serveOffice serves the office's pages until ctx ends.
func serveOffice(
	ctx context.Context,
	s settings,
	addr, site, first string,
	out io.Writer,
	log *slog.Logger,
) (err error) {
	manifest, err := static.Manifest()
	if err != nil {
		return fmt.Errorf("assets: %w", err)
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	defer listener.Close() // closed already, where it was served
	db, err := openOffice(ctx, &s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	previews := filepath.Join(s.Home, "office")
	if err := office.SweepPreviews(previews); err != nil {
		return err
	}
	kept := newRegister(&s)
	provider, err := identityProvider(kept)
	if err != nil {
		return err
	}
	o, err := office.New(office.Config{
		Register: kept,
		Store:    db,
		Site:     strings.TrimSuffix(site, "/"),
		Folder:   previews,
		Now:      time.Now,
		Log:      log,
		Assets:   static.Dist(),
		Manifest: manifest,

		ClientHeader: s.Client,

		Provider: provider,
		Browser:  office.FindBrowser(),

		Public: func() (office.Public, error) { return newServer(settings{}, log) },
		Open:   openFile,
	})
	if err != nil {
		return err
	}
	everybody, err := db.People(ctx)
	if err != nil {
		return err
	}
	if len(everybody) == 0 {
		if !office.ValidName(first) {
			first = "administrator"
		}
		if err := db.AddPerson(ctx, first, []string{"administrator"}); err != nil {
			return err
		}
		if err := printLink(ctx, db, first, site, out); err != nil {
			return err
		}
	}
	log.Info("the office is open", "url", site)
	return o.Run(ctx, listener, s.Drain)
}
