import { describe, expect, it } from '@jest/globals';
import { Ansis } from 'ansis';
import { groupReport } from './group-report.js';
import { groupsReport } from './groups-report.js';

const summary = { group: 'workers', state: 'Stable', type: 'consumer', members: 2, lag: 3, topics: ['jobs'] };
const member = { id: 'm1', client: 'worker', host: '10.0.0.1' };
const plain = new Ansis(0);

describe('the report of a group', () => {
  it('tells members of the same client apart by what they are assigned', () => {
    const memberList = [
      { ...member, partitions: ['jobs/10', 'jobs/2', 'mail/0'] },
      { ...member, id: 'm2', partitions: [] },
    ];
    const partitions = [
      { topic: 'jobs', partition: 2, low: 0, high: 5, committed: 2, lag: 3, client: 'worker' },
    ];
    const group = { ...summary, protocolType: 'consumer', protocol: 'uniform', memberList, partitions };
    expect(groupReport(group, plain).split('\n')).toEqual([
      'workers  Stable, consumer protocol, assignor uniform, lag 3',
      'TOPIC  PARTITION  COMMITTED  NEXT  LAG  CLIENT',
      'jobs   2          2          5     3    worker',
      'MEMBER  HOST      ASSIGNED          ID',
      'worker  10.0.0.1  jobs 2,10 mail 0  m1',
      'worker  10.0.0.1  -                 m2',
    ]);
  });

  it('says so where msx cannot ask for the members', () => {
    const share = { ...summary, type: 'share', members: null, lag: null, topics: [] };
    const group = { ...share, protocolType: 'share', protocol: '', memberList: null, partitions: [] };
    expect(groupReport(group, plain).split('\n')).toEqual([
      'workers  Stable, share protocol',
      'msx cannot describe the members of a group of the share protocol.',
    ]);
    expect(groupsReport([share], plain)).toMatch(/^workers {2}share {5}Stable {2}- {8}-$/m);
  });
});
