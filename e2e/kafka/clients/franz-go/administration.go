package main

import (
	"context"
	"errors"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
)

// with runs a step that needs a topic with a record, and an admin client.
func with(run func(ctx context.Context, admin *kadm.Client, topic string) error) func(context.Context, *session) error {
	return func(ctx context.Context, s *session) error {
		topic, err := s.topic(ctx, 1)
		if err != nil {
			return err
		}
		if err := s.send(ctx, topic, []string{"a"}); err != nil {
			return err
		}
		admin, err := s.admin()
		if err != nil {
			return err
		}
		defer admin.Close()
		return run(ctx, admin, topic)
	}
}

func administration() []step {
	return []step{
		{"list topics", with(func(ctx context.Context, admin *kadm.Client, topic string) error {
			topics, err := admin.ListTopics(ctx)
			return errors.Join(err, expect("has the topic", topics.Has(topic), true))
		})},
		{"describe the cluster", with(func(ctx context.Context, admin *kadm.Client, _ string) error {
			brokers, err := admin.ListBrokers(ctx)
			return errors.Join(err, expect("brokers", len(brokers), 1))
		})},
		{"add partitions", with(func(ctx context.Context, admin *kadm.Client, topic string) error {
			added, err := admin.UpdatePartitions(ctx, 3, topic)
			return errors.Join(err, added.Error())
		})},
		{"list offsets", with(func(ctx context.Context, admin *kadm.Client, topic string) error {
			offsets, err := admin.ListEndOffsets(ctx, topic)
			offset, _ := offsets.Lookup(topic, 0)
			return errors.Join(err, expect("offset", offset.Offset, 1))
		})},
		{"list offsets by time", with(func(ctx context.Context, admin *kadm.Client, topic string) error {
			offsets, err := admin.ListOffsetsAfterMilli(ctx, time.Now().Add(-time.Hour).UnixMilli(), topic)
			offset, _ := offsets.Lookup(topic, 0)
			return errors.Join(err, expect("offset", offset.Offset, 0))
		})},
		{"alter settings", with(alterSettings)},
		{"delete records", with(func(ctx context.Context, admin *kadm.Client, topic string) error {
			offsets := kadm.Offsets{}
			offsets.AddOffset(topic, 0, 1, -1)
			deleted, err := admin.DeleteRecords(ctx, offsets)
			return errors.Join(err, deleted.Error())
		})},
		{"describe log directories", with(func(ctx context.Context, admin *kadm.Client, topic string) error {
			described, err := admin.DescribeAllLogDirs(ctx, kadm.TopicsSet{topic: {0: {}}})
			return errors.Join(err, expect("brokers", len(described), 1))
		})},
		{"list transactions", with(func(ctx context.Context, admin *kadm.Client, _ string) error {
			_, err := admin.ListTransactions(ctx, nil, nil)
			return err
		})},
		{"describe producers", with(func(ctx context.Context, admin *kadm.Client, topic string) error {
			described, err := admin.DescribeProducers(ctx, kadm.TopicsSet{topic: {0: {}}})
			return errors.Join(err, expect("producers", len(described.SortedProducers()), 1))
		})},
		{"delete a topic", with(func(ctx context.Context, admin *kadm.Client, topic string) error {
			deleted, err := admin.DeleteTopics(ctx, topic)
			return errors.Join(err, deleted.Error())
		})},
	}
}

func alterSettings(ctx context.Context, admin *kadm.Client, topic string) error {
	value := "100000"
	set := []kadm.AlterConfig{{Op: kadm.SetConfig, Name: "max.message.bytes", Value: &value}}
	if _, err := admin.AlterTopicConfigs(ctx, set, topic); err != nil {
		return err
	}
	for {
		described, err := admin.DescribeTopicConfigs(ctx, topic)
		if err != nil {
			return err
		}
		for _, config := range described[0].Configs {
			if config.Key == "max.message.bytes" && config.MaybeValue() == value {
				return nil
			}
		}
		if ctx.Err() != nil {
			return errors.New("the setting is not shown")
		}
	}
}
