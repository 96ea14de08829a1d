import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import { TestService } from '@msx/runtime/testing';
import { AppModule } from '../app.module.js';
import {
  type GetReservationRequest,
  type GetReservationResponse,
  ProductServiceService,
  type Reservation,
} from '../gen/product.js';
import { orderSettings } from './order.settings.js';

/** Nothing listens there. */
const NOWHERE = '127.0.0.1:1';

/** The service with its own database; without an address, product-service does not answer. */
export function startOrderService(
  driver: 'sqlite' | 'postgres',
  productService = NOWHERE,
): Promise<TestService> {
  return TestService.start({
    name: 'order-service',
    module: AppModule,
    driver,
    settings: orderSettings,
    variables: { PRODUCT_SERVICE_URL: productService },
  });
}

/** A product-service that answers what the stock decided, over real gRPC. */
export class StockFixture {
  private readonly server = new Server();
  readonly reservations = new Map<string, Reservation>();
  address = '';

  async listen(): Promise<void> {
    const getReservation = (
      { request }: ServerUnaryCall<GetReservationRequest, GetReservationResponse>,
      reply: sendUnaryData<GetReservationResponse>,
    ): void => reply(null, { reservation: this.reservations.get(request.orderId) });
    this.server.addService({ getReservation: ProductServiceService.getReservation }, { getReservation });
    const port = await new Promise<number>((resolve, reject) =>
      this.server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    this.address = `127.0.0.1:${port}`;
  }

  close(): void {
    this.server.forceShutdown();
  }
}
