import type { System } from '../../model/system/system.js';

/** Fails before anything starts if Docker is not available, and pulls the image if it is missing. */
export async function prepareKafka({ broker }: System, onPull: (image: string) => void): Promise<void> {
  const [{ connectDocker }, { ensureImage }, { developmentKafka }] = await Promise.all([
    import('../../shipping/docker/running/connect-docker.js'),
    import('../../shipping/docker/images/ensure-image.js'),
    import('../../shipping/docker/kafka-containers.js'),
  ]);
  const { image } = developmentKafka(broker.port);
  await ensureImage(await connectDocker(), image, () => onPull(image));
}
