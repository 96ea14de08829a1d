// The steps of a user of franz-go, each by itself. Prints a line of JSON for each: its name, and its error if it fails.
//
//	go run . ADDRESS
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
)

const stepTimeout = 25 * time.Second

type session struct {
	address string
	topics  int
}

type step struct {
	name string
	run  func(ctx context.Context, s *session) error
}

func main() {
	s := &session{address: os.Args[1]}
	for _, each := range append(append(records(), groups()...), administration()...) {
		ctx, cancel := context.WithTimeout(context.Background(), stepTimeout)
		err := each.run(ctx, s)
		cancel()
		line := map[string]string{"step": each.name}
		if err != nil {
			line["error"] = err.Error()
		}
		text, _ := json.Marshal(line)
		fmt.Println(string(text))
	}
}

func (s *session) client(options ...kgo.Opt) (*kgo.Client, error) {
	base := []kgo.Opt{kgo.SeedBrokers(s.address), kgo.FetchMaxWait(100 * time.Millisecond)}
	return kgo.NewClient(append(base, options...)...)
}

func (s *session) admin() (*kadm.Client, error) {
	client, err := s.client()
	if err != nil {
		return nil, err
	}
	return kadm.NewClient(client), nil
}

// topic creates a topic for one step.
func (s *session) topic(ctx context.Context, partitions int32) (string, error) {
	s.topics++
	name := fmt.Sprintf("franz-go-%d", s.topics)
	admin, err := s.admin()
	if err != nil {
		return "", err
	}
	defer admin.Close()
	_, err = admin.CreateTopic(ctx, partitions, 1, nil, name)
	return name, err
}

func expect(what string, actual, expected any) error {
	if fmt.Sprint(actual) == fmt.Sprint(expected) {
		return nil
	}
	return fmt.Errorf("%s: expected %v, not %v", what, expected, actual)
}

// send produces values to the only partition of a topic.
func (s *session) send(ctx context.Context, topic string, values []string, options ...kgo.Opt) error {
	client, err := s.client(options...)
	if err != nil {
		return err
	}
	defer client.Close()
	return sendWith(ctx, client, topic, values)
}

func sendWith(ctx context.Context, client *kgo.Client, topic string, values []string) error {
	for _, value := range values {
		record := &kgo.Record{Topic: topic, Key: []byte("k"), Value: []byte(value)}
		if err := client.ProduceSync(ctx, record).FirstErr(); err != nil {
			return err
		}
	}
	return nil
}

// receive polls until it has that number of values.
func receive(ctx context.Context, client *kgo.Client, count int) ([]string, error) {
	var values []string
	for len(values) < count {
		fetches := client.PollFetches(ctx)
		if err := fetches.Err0(); err != nil {
			return values, err
		}
		for _, failed := range fetches.Errors() {
			return values, failed.Err
		}
		fetches.EachRecord(func(record *kgo.Record) { values = append(values, string(record.Value)) })
	}
	return values, nil
}

// read gets the values of a topic from its beginning.
func (s *session) read(ctx context.Context, topic string, count int, options ...kgo.Opt) ([]string, error) {
	beginning := kgo.ConsumeResetOffset(kgo.NewOffset().AtStart())
	client, err := s.client(append([]kgo.Opt{kgo.ConsumeTopics(topic), beginning}, options...)...)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	return receive(ctx, client, count)
}

// sentAndRead is the commonest step: what is sent is read.
func sentAndRead(options ...kgo.Opt) func(context.Context, *session) error {
	return func(ctx context.Context, s *session) error {
		topic, err := s.topic(ctx, 1)
		if err != nil {
			return err
		}
		if err := s.send(ctx, topic, []string{"a", "b"}, options...); err != nil {
			return err
		}
		values, err := s.read(ctx, topic, 2)
		return errors.Join(err, expect("values", values, []string{"a", "b"}))
	}
}
