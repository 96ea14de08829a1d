import { groups } from './groups.fixture.js';
import { producing } from './producing.fixture.js';
import { topics } from './topics.fixture.js';
import { transactions } from './transactions.fixture.js';
import type { Scenario } from './scenario.fixture.js';

export const allScenarios: readonly Scenario[] = [...producing, ...transactions, ...groups, ...topics];
