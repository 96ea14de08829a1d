import { updateFeatures } from './57-update-features.js';
import { UpgradeType } from '../cluster/features.js';
import { attempt, type Handler } from './handler.js';

/** All updates take effect, or none. */
export const answerUpdateFeatures: Handler<typeof updateFeatures> = (request, context) => {
  const { featureUpdates, validateOnly } = request;
  const updates = featureUpdates.map(({ feature, maxVersionLevel, allowDowngrade, upgradeType }) => ({
    feature,
    level: maxVersionLevel,
    upgradeType: allowDowngrade ? UpgradeType.SAFE_DOWNGRADE : upgradeType,
  }));
  return attempt(
    context,
    () => {
      const { features, nodeId } = context.broker;
      features.update(updates, { validateOnly, nodeId });
      return {
        errorMessage: null,
        results: updates.map(({ feature }) => ({ feature, errorMessage: 'NONE' })),
      };
    },
    (failure) => failure,
  );
};
