package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
)

func records() []step {
	return []step{
		{"ping", func(ctx context.Context, s *session) error {
			client, err := s.client()
			if err != nil {
				return err
			}
			defer client.Close()
			return client.Ping(ctx)
		}},
		{"produce and consume", sentAndRead()},
		{"without compression", sentAndRead(kgo.ProducerBatchCompression(kgo.NoCompression()))},
		{"gzip", sentAndRead(kgo.ProducerBatchCompression(kgo.GzipCompression()))},
		{"snappy", sentAndRead(kgo.ProducerBatchCompression(kgo.SnappyCompression()))},
		{"lz4", sentAndRead(kgo.ProducerBatchCompression(kgo.Lz4Compression()))},
		{"zstd", sentAndRead(kgo.ProducerBatchCompression(kgo.ZstdCompression()))},
		{"acks of the leader", sentAndRead(kgo.RequiredAcks(kgo.LeaderAck()), kgo.DisableIdempotentWrite())},
		{"no acks", sentAndRead(kgo.RequiredAcks(kgo.NoAck()), kgo.DisableIdempotentWrite())},
		{"headers", headers},
		{"refuse a large message", refuseLarge},
		{"auto-create a topic", autoCreate},
		{"transaction: commit", transaction(kgo.TryCommit, []string{"a", "end"})},
		{"transaction: abort", transaction(kgo.TryAbort, []string{"end"})},
		{"transaction: fence", fence},
		{"transaction: consume, transform, produce", transform},
	}
}

func headers(ctx context.Context, s *session) error {
	topic, err := s.topic(ctx, 1)
	if err != nil {
		return err
	}
	client, err := s.client(kgo.ConsumeTopics(topic), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()))
	if err != nil {
		return err
	}
	defer client.Close()
	header := kgo.RecordHeader{Key: "name", Value: []byte("value")}
	sent := &kgo.Record{Topic: topic, Headers: []kgo.RecordHeader{header}}
	if err := client.ProduceSync(ctx, sent).FirstErr(); err != nil {
		return err
	}
	for ctx.Err() == nil {
		for _, record := range client.PollFetches(ctx).Records() {
			return expect("headers", record.Headers, sent.Headers)
		}
	}
	return ctx.Err()
}

func refuseLarge(ctx context.Context, s *session) error {
	topic, err := s.topic(ctx, 1)
	if err != nil {
		return err
	}
	options := []kgo.Opt{kgo.ProducerBatchMaxBytes(5_000_000), kgo.ProducerBatchCompression(kgo.NoCompression())}
	err = s.send(ctx, topic, []string{strings.Repeat("x", 2_000_000)}, options...)
	if err == nil || !strings.Contains(err.Error(), "MESSAGE_TOO_LARGE") {
		return errors.Join(errors.New("expected MESSAGE_TOO_LARGE"), err)
	}
	return nil
}

func autoCreate(ctx context.Context, s *session) error {
	if err := s.send(ctx, "franz-go-new", []string{"a"}, kgo.AllowAutoTopicCreation()); err != nil {
		return err
	}
	values, err := s.read(ctx, "franz-go-new", 1)
	return errors.Join(err, expect("values", values, []string{"a"}))
}

func committed() kgo.Opt { return kgo.FetchIsolationLevel(kgo.ReadCommitted()) }

func transaction(end kgo.TransactionEndTry, expected []string) func(context.Context, *session) error {
	return func(ctx context.Context, s *session) error {
		topic, err := s.topic(ctx, 1)
		if err != nil {
			return err
		}
		client, err := s.client(kgo.TransactionalID(topic), kgo.TransactionTimeout(20*time.Second))
		if err != nil {
			return err
		}
		defer client.Close()
		err = client.BeginTransaction()
		err = errors.Join(err, sendWith(ctx, client, topic, []string{"a"}))
		if err = errors.Join(err, client.EndTransaction(ctx, end)); err != nil {
			return err
		}
		if err := s.send(ctx, topic, []string{"end"}); err != nil {
			return err
		}
		values, err := s.read(ctx, topic, len(expected), committed())
		return errors.Join(err, expect("values", values, expected))
	}
}

// fence opens the transactional id a second time, after which the first producer must not go on.
func fence(ctx context.Context, s *session) error {
	topic, err := s.topic(ctx, 1)
	if err != nil {
		return err
	}
	first, err := s.client(kgo.TransactionalID(topic))
	if err != nil {
		return err
	}
	defer first.Close()
	err = first.BeginTransaction()
	if err = errors.Join(err, sendWith(ctx, first, topic, []string{"a"})); err != nil {
		return err
	}
	second, err := s.client(kgo.TransactionalID(topic))
	if err != nil {
		return err
	}
	defer second.Close()
	err = second.BeginTransaction()
	err = errors.Join(err, sendWith(ctx, second, topic, []string{"b"}))
	if err = errors.Join(err, second.EndTransaction(ctx, kgo.TryCommit)); err != nil {
		return err
	}
	if first.EndTransaction(ctx, kgo.TryCommit) == nil {
		return errors.New("the first producer is not fenced")
	}
	values, err := s.read(ctx, topic, 1, committed())
	return errors.Join(err, expect("values", values, []string{"b"}))
}

// transform moves records from topic to topic within transactions, together with the offsets.
func transform(ctx context.Context, s *session) error {
	from, err := s.topic(ctx, 1)
	if err != nil {
		return err
	}
	to, err := s.topic(ctx, 1)
	if err != nil {
		return err
	}
	if err := s.send(ctx, from, []string{"a", "b"}); err != nil {
		return err
	}
	worker, err := kgo.NewGroupTransactSession(
		kgo.SeedBrokers(s.address), kgo.TransactionalID(to), kgo.ConsumerGroup(from), kgo.ConsumeTopics(from),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()), committed(), kgo.FetchMaxWait(100*time.Millisecond),
		kgo.RequireStableFetchOffsets())
	if err != nil {
		return err
	}
	defer worker.Close()
	for moved := 0; moved < 2; {
		fetches := worker.PollFetches(ctx)
		if err := fetches.Err0(); err != nil {
			return err
		}
		if err := worker.Begin(); err != nil {
			return err
		}
		fetches.EachRecord(func(record *kgo.Record) {
			worker.Produce(ctx, &kgo.Record{Topic: to, Value: record.Value}, nil)
		})
		if _, err := worker.End(ctx, kgo.TryCommit); err != nil {
			return err
		}
		moved += fetches.NumRecords()
	}
	values, err := s.read(ctx, to, 2, committed())
	if err = errors.Join(err, expect("values", values, []string{"a", "b"})); err != nil {
		return err
	}
	return expectOffset(ctx, s, from, from, 2)
}

func expectOffset(ctx context.Context, s *session, group, topic string, expected int64) error {
	admin, err := s.admin()
	if err != nil {
		return err
	}
	defer admin.Close()
	var offsets kadm.OffsetResponses
	if offsets, err = admin.FetchOffsets(ctx, group); err != nil {
		return err
	}
	offset, _ := offsets.Lookup(topic, 0)
	return expect("offset", offset.At, expected)
}
