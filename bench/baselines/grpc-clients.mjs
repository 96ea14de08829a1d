// Clients for the services: the gateway's generated stubs, without anything on top.
import grpc from '@grpc/grpc-js';
import { OrderServiceService } from '../../services/api-gateway/dist/gen/order.js';
import { ProductServiceService } from '../../services/api-gateway/dist/gen/product.js';
import { UserServiceService } from '../../services/api-gateway/dist/gen/user.js';

const DEADLINE_MS = 5000;

/** The metadata of calls on behalf of a request. */
export function metadataOf(headers) {
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(headers)) if (value) metadata.set(name, value);
  return metadata;
}

const nothing = new grpc.Metadata();

const clientOf = (definition, address) => {
  const Client = grpc.makeGenericClientConstructor(definition, 'Service');
  const client = new Client(address, grpc.credentials.createInsecure());
  return (method, request, metadata = nothing) =>
    new Promise((resolve, reject) =>
      client[method](request, metadata, { deadline: Date.now() + DEADLINE_MS }, (error, answer) =>
        error ? reject(error) : resolve(answer),
      ),
    );
};

export const users = clientOf(UserServiceService, process.env.USER_SERVICE_URL);
export const products = clientOf(ProductServiceService, process.env.PRODUCT_SERVICE_URL);
export const orders = clientOf(OrderServiceService, process.env.ORDER_SERVICE_URL);
