package store

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Store is a prefix of a bucket.
type Store struct {
	bucket, prefix string
	endpoint       string // host and port, for errors
	client         *minio.Core
}

// amazon is the host of the object storage that s3:// means where the environment names none.
const amazon = "s3.amazonaws.com"

// tries is how often a request is sent before its failure is told.
const tries = 3

// answerTimeout is how long a store may take to begin its answer.
const answerTimeout = 10 * time.Second

// Open returns the store at s3://BUCKET/PREFIX and asks it nothing. Credentials, region and endpoint are those of the
// standard environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION, AWS_ENDPOINT_URL_S3,
// AWS_ENDPOINT_URL) and of the shared files of AWS (AWS_PROFILE). An endpoint without TLS must be on this machine.
func Open(address string) (*Store, error) {
	bucket, prefix, err := parse(address)
	if err != nil {
		return nil, err
	}
	host, secure, err := endpoint()
	if err != nil {
		return nil, err
	}
	region := firstSet("AWS_REGION", "AWS_DEFAULT_REGION")
	lookup := minio.BucketLookupAuto
	if host != amazon {
		lookup = minio.BucketLookupPath
		if region == "" {
			region = "us-east-1" // what stores that have no regions expect in a signature
		}
	}
	transport, err := minio.DefaultTransport(secure)
	if err != nil {
		return nil, fmt.Errorf("object storage at %s: %w", host, err)
	}
	transport.ResponseHeaderTimeout = answerTimeout
	client, err := minio.NewCore(host, &minio.Options{
		Creds: credentials.NewChainCredentials(
			[]credentials.Provider{&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}}),
		Secure:       secure,
		Transport:    transport,
		Region:       region,
		BucketLookup: lookup,
		MaxRetries:   tries,
	})
	if err != nil {
		return nil, fmt.Errorf("object storage at %s: %w", host, err)
	}
	return &Store{bucket: bucket, prefix: prefix, endpoint: host, client: client}, nil
}

// String returns the store's address.
func (s *Store) String() string { return "s3://" + s.bucket + "/" + strings.TrimSuffix(s.prefix, "/") }

// parse reads an address. The prefix is empty, or ends in a slash.
func parse(address string) (bucket, prefix string, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "s3" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", "", fmt.Errorf("%q is no address of object storage: write s3://BUCKET/PREFIX", address)
	}
	prefix = strings.Trim(u.Path, "/")
	if prefix != "" {
		prefix += "/"
	}
	return u.Host, prefix, nil
}

// endpoint returns the host that the environment names, and whether it is asked over TLS.
func endpoint() (host string, secure bool, err error) {
	text := firstSet("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
	if text == "" {
		return amazon, true, nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || strings.Trim(u.Path, "/") != "" {
		return "", false, fmt.Errorf("AWS_ENDPOINT_URL: %q is no address: write https://HOST", text)
	}
	if u.Scheme == "http" && !loopback(u.Hostname()) {
		return "", false, errors.New(
			"AWS_ENDPOINT_URL: without TLS the store must be on this machine: write https://" + u.Host)
	}
	return u.Host, u.Scheme == "https", nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// firstSet is the first of some variables of the environment that has a value.
func firstSet(names ...string) string {
	for _, name := range names {
		if value := os.Getenv(name); value != "" {
			return value
		}
	}
	return ""
}
