package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
)

func groups() []step {
	return []step{
		{"group: consume and commit", consumeAndCommit},
		{"group: range", sharing("classic", kgo.Balancers(kgo.RangeBalancer()))},
		{"group: round robin", sharing("classic", kgo.Balancers(kgo.RoundRobinBalancer()))},
		{"group: sticky", sharing("classic", kgo.Balancers(kgo.StickyBalancer()))},
		{"group: cooperative sticky", sharing("classic", kgo.Balancers(kgo.CooperativeStickyBalancer()))},
		{"group: KIP-848", sharing("consumer", nextGeneration())},
		{"group: static member", staticMember},
		{"group: describe, list and delete", describeAndDelete},
		{"group: commit from outside", commitFromOutside},
		{"group: delete offsets", deleteOffsets},
	}
}

// nextGeneration is the way to ask franz-go for the protocol of KIP-848.
func nextGeneration() kgo.Opt {
	return kgo.WithContext(context.WithValue(context.Background(), "opt_in_kafka_next_gen_balancer_beta", true)) //nolint
}

func member(s *session, topic string, options ...kgo.Opt) (*kgo.Client, error) {
	base := []kgo.Opt{
		kgo.ConsumerGroup(topic), kgo.ConsumeTopics(topic), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.HeartbeatInterval(300 * time.Millisecond),
	}
	return s.client(append(base, options...)...)
}

func consumeAndCommit(ctx context.Context, s *session) error {
	topic, err := s.topic(ctx, 1)
	if err != nil {
		return err
	}
	if err := s.send(ctx, topic, []string{"a", "b"}); err != nil {
		return err
	}
	client, err := member(s, topic)
	if err != nil {
		return err
	}
	defer client.Close()
	values, err := receive(ctx, client, 2)
	if err = errors.Join(err, expect("values", values, []string{"a", "b"})); err != nil {
		return err
	}
	if err := client.CommitUncommittedOffsets(ctx); err != nil {
		return err
	}
	return expectOffset(ctx, s, topic, topic, 2)
}

// sharing has two members who end up with half of the partitions each. A client that does not find the newer protocol
// falls back to the older one, so the type of the group is checked.
func sharing(groupType string, option kgo.Opt) func(context.Context, *session) error {
	return func(ctx context.Context, s *session) error {
		topic, err := s.topic(ctx, 4)
		if err != nil {
			return err
		}
		var held [2]atomic.Int32
		for n := range held {
			change := func(sign int32) func(context.Context, *kgo.Client, map[string][]int32) {
				return func(_ context.Context, _ *kgo.Client, partitions map[string][]int32) {
					held[n].Add(sign * int32(len(partitions[topic])))
				}
			}
			client, err := member(s, topic, option, kgo.OnPartitionsAssigned(change(1)),
				kgo.OnPartitionsRevoked(change(-1)), kgo.OnPartitionsLost(change(-1)))
			if err != nil {
				return err
			}
			defer client.Close()
			go poll(ctx, client)
		}
		for held[0].Load() != 2 || held[1].Load() != 2 {
			select {
			case <-ctx.Done():
				return fmt.Errorf("the members have %d and %d partitions", held[0].Load(), held[1].Load())
			case <-time.After(20 * time.Millisecond):
			}
		}
		admin, err := s.admin()
		if err != nil {
			return err
		}
		defer admin.Close()
		listed, err := admin.ListGroups(ctx)
		return errors.Join(err, expect("type", listed[topic].GroupType, groupType))
	}
}

// poll keeps a member going.
func poll(ctx context.Context, client *kgo.Client) {
	for ctx.Err() == nil && !client.PollFetches(ctx).IsClientClosed() {
	}
}

func staticMember(ctx context.Context, s *session) error {
	topic, err := s.topic(ctx, 1)
	if err != nil {
		return err
	}
	if err := s.send(ctx, topic, []string{"a"}); err != nil {
		return err
	}
	for range 2 {
		client, err := member(s, topic, kgo.InstanceID("one"), kgo.DisableAutoCommit())
		if err != nil {
			return err
		}
		values, err := receive(ctx, client, 1)
		client.Close()
		if err = errors.Join(err, expect("values", values, []string{"a"})); err != nil {
			return err
		}
	}
	return nil
}

func describeAndDelete(ctx context.Context, s *session) error {
	topic, err := s.topic(ctx, 1)
	if err != nil {
		return err
	}
	if err := s.send(ctx, topic, []string{"a"}); err != nil {
		return err
	}
	client, err := member(s, topic)
	if err != nil {
		return err
	}
	if _, err := receive(ctx, client, 1); err != nil {
		return err
	}
	admin, err := s.admin()
	if err != nil {
		return err
	}
	defer admin.Close()
	described, err := admin.DescribeGroups(ctx, topic)
	if err = errors.Join(err, expect("state", described[topic].State, "Stable")); err != nil {
		return err
	}
	client.Close()
	listed, err := admin.ListGroups(ctx)
	if err = errors.Join(err, expect("group", listed[topic].Group, topic)); err != nil {
		return err
	}
	deleted, err := admin.DeleteGroups(ctx, topic)
	return errors.Join(err, deleted.Error())
}

func commitFromOutside(ctx context.Context, s *session) error {
	topic, err := s.topic(ctx, 1)
	if err != nil {
		return err
	}
	admin, err := s.admin()
	if err != nil {
		return err
	}
	defer admin.Close()
	offsets := kadm.Offsets{}
	offsets.AddOffset(topic, 0, 7, -1)
	if err := admin.CommitAllOffsets(ctx, topic, offsets); err != nil {
		return err
	}
	return expectOffset(ctx, s, topic, topic, 7)
}

func deleteOffsets(ctx context.Context, s *session) error {
	topic, err := s.topic(ctx, 1)
	if err != nil {
		return err
	}
	admin, err := s.admin()
	if err != nil {
		return err
	}
	defer admin.Close()
	// A broker has to know the topic, which it may learn about only after its creation.
	if err := s.send(ctx, topic, []string{"a"}); err != nil {
		return err
	}
	offsets := kadm.Offsets{}
	offsets.AddOffset(topic, 0, 7, -1)
	if err := admin.CommitAllOffsets(ctx, topic, offsets); err != nil {
		return err
	}
	deleted, err := admin.DeleteOffsets(ctx, topic, offsets.TopicsSet())
	if err = errors.Join(err, deleted.Error()); err != nil {
		return err
	}
	found, err := admin.FetchOffsets(ctx, topic)
	_, isThere := found.Lookup(topic, 0)
	return errors.Join(err, expect("an offset is there", isThere, false))
}
