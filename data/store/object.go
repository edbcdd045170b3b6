package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/minio/minio-go/v7"
)

// What a store answers besides the object.
var (
	errAbsent    = errors.New("it is not there")
	errSame      = errors.New("it has not changed")
	errCondition = errors.New("the store refused the write: the object is there already, or changed meanwhile")
)

// mostText is the largest text that is read whole, in bytes: a pointer or a manifest.
const mostText = 16 << 20

// read returns a small object and its ETag. It fails with errSame where the object still has the ETag except.
func (s *Store) read(ctx context.Context, name, except string) (content []byte, etag string, err error) {
	var options minio.GetObjectOptions
	if except != "" {
		if err := options.SetMatchETagExcept(except); err != nil {
			return nil, "", err
		}
	}
	body, info, _, err := s.client.GetObject(ctx, s.bucket, s.prefix+name, options)
	if err != nil {
		return nil, "", s.explained(name, err)
	}
	content, err = io.ReadAll(io.LimitReader(body, mostText+1))
	if err = errors.Join(err, body.Close()); err != nil {
		return nil, "", s.explained(name, err)
	}
	if len(content) > mostText {
		return nil, "", fmt.Errorf("%s/%s is larger than %d bytes: it is no text of a release", s, name, mostText)
	}
	return content, info.ETag, nil
}

// get returns the content of an object, to be read and closed.
func (s *Store) get(ctx context.Context, name string) (io.ReadCloser, error) {
	body, _, _, err := s.client.GetObject(ctx, s.bucket, s.prefix+name, minio.GetObjectOptions{})
	if err != nil {
		return nil, s.explained(name, err)
	}
	return body, nil
}

// size is an object's size in bytes.
func (s *Store) size(ctx context.Context, name string) (int64, error) {
	info, err := s.client.StatObject(ctx, s.bucket, s.prefix+name, minio.StatObjectOptions{})
	if err != nil {
		return 0, s.explained(name, err)
	}
	return info.Size, nil
}

// write puts an object in one request. Without an ETag it creates it; with one it replaces the object that has it. It
// fails with errCondition where that is not so any more.
func (s *Store) write(ctx context.Context, name string, content io.ReadSeeker, size int64, replaced string) error {
	options := minio.PutObjectOptions{DisableMultipart: true, SendContentMd5: true}
	if replaced == "" {
		options.SetMatchETagExcept("*")
	} else {
		options.SetMatchETag(replaced)
	}
	_, err := s.client.Client.PutObject(ctx, s.bucket, s.prefix+name, content, size, options)
	switch {
	case err == nil:
		return nil
	case minio.ToErrorResponse(err).Code == "NoSuchKey": // what was to be replaced is gone
		return fmt.Errorf("%s/%s: %w", s, name, errCondition)
	}
	return s.explained(name, err)
}

func (s *Store) writeText(ctx context.Context, name string, text []byte, replaced string) error {
	return s.write(ctx, name, bytes.NewReader(text), int64(len(text)), replaced)
}

// explained says in plain words what went wrong with an object.
func (s *Store) explained(name string, err error) error {
	answer := minio.ToErrorResponse(err)
	switch {
	case answer.StatusCode == http.StatusNotModified:
		return errSame
	case answer.Code == "NoSuchBucket":
		return fmt.Errorf("there is no bucket %q at %s", s.bucket, s.endpoint)
	case answer.Code == "NoSuchKey" || answer.StatusCode == http.StatusNotFound:
		return fmt.Errorf("%s/%s: %w", s, name, errAbsent)
	case answer.StatusCode == http.StatusPreconditionFailed || answer.StatusCode == http.StatusConflict:
		return fmt.Errorf("%s/%s: %w", s, name, errCondition)
	case answer.StatusCode == http.StatusForbidden || answer.StatusCode == http.StatusUnauthorized:
		return fmt.Errorf("%s does not let these credentials do this with %s/%s (%s): check AWS_ACCESS_KEY_ID, "+
			"AWS_PROFILE and what the bucket permits", s.endpoint, s, name, answer.Code)
	case answer.StatusCode != 0:
		return fmt.Errorf("%s/%s: %s answered %d %s: %w", s, name, s.endpoint, answer.StatusCode, answer.Code, err)
	}
	return fmt.Errorf("%s cannot be reached, or broke off: %w", s.endpoint, err)
}
