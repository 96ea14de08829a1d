import * as Flags from '@oclif/core/flags';
import { applyPlan, planTopics } from '../../inspection/topics/apply-drift.js';
import { describeTopics } from '../../inspection/topics/describe-topics.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { confirm } from '../../terminal/questions/confirm.js';
import { KafkaCommand } from '../../terminal/base-commands/kafka-command.js';
import { kafkaFlags, yesFlag } from '../../terminal/flags/kafka-flags.js';
import { topicPlanReport } from '../../terminal/reports/topic-plan-report.js';
import type { TopicPlan } from '../../inspection/topics/apply-drift.js';

export default class TopicsApply extends KafkaCommand {
  static override summary = 'Make the topics of a Kafka those of msx.yaml.';
  static override description =
    'Creates missing topics, adds partitions and changes settings, after showing what it would do. Nothing is removed: neither partitions, which Kafka cannot do, nor topics or settings that msx.yaml does not name.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --dry-run',
    '<%= config.bin %> <%= command.id %> --yes --brokers kafka.example.com:9093 --file kafka.env',
  ];
  static override flags = {
    ...kafkaFlags,
    'dry-run': Flags.boolean({ description: 'only show what would be changed' }),
    yes: yesFlag,
  };

  async run(): Promise<TopicPlan & { applied: boolean }> {
    const { flags } = await this.parse(TopicsApply);
    const declared = await this.loadSystem();
    const plan = await this.queryKafka(flags, async ({ session }) =>
      planTopics(declared, await describeTopics(session, declared)),
    );
    const changes = plan.create.length + plan.alter.length;
    if (changes + plan.impossible.length > 0) this.log(topicPlanReport(plan, coloursOf(process.stdout)));
    else this.log('all topics are as msx.yaml declares them');
    if (changes === 0) return { ...plan, applied: false };
    if (flags['dry-run']) this.log('Dry run: nothing was changed.');
    const confirmed =
      !flags['dry-run'] && (flags.yes || (await confirm('changing topics', `Change ${changes} topics?`)));
    if (!confirmed) return { ...plan, applied: false };
    await this.queryKafka(flags, ({ session }) => applyPlan(session, plan));
    this.log(`changed topics: ${changes}`);
    return { ...plan, applied: true };
  }
}
